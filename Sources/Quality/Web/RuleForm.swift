import Kernel
import Lake
import Policy
import Web

/// A rule as a form asks for it, new or to be revised.
enum RuleForm {
    /// The columns of the data, above the fields; nil before there are any.
    static func known(_ columns: [String]) -> Message? {
        columns.isEmpty
            ? nil : Message("quality.known-columns", ["columns": columns.joined(separator: "、")])
    }

    /// The fields with what `form` holds.
    static func fields(_ form: SubmittedForm) -> [Field] {
        func option(_ field: String, _ value: String, _ word: Message) -> Field.Option {
            Field.Option(value, .word(word), isChosen: form[field] == value)
        }
        func text(_ name: String, hint: Bool = true) -> Field {
            let field = Field.text(name, Message("quality.field.\(name)"), value: form[name])
            return hint ? field.hint(Message("quality.hint.\(name)")) : field
        }
        func words(_ kinds: [Check.Kind]) -> [String] { kinds.map(\.rawValue) }
        return [
            .select(
                "check", Message("quality.field.check"),
                Check.Kind.allCases.map { option("check", $0.rawValue, $0.message) }),
            text("column").asked(
                when: "check",
                is: words(Check.Kind.allCases.filter { ![.condition, .rowCount].contains($0) })),
            text("other").asked(when: "check", is: words([.dateOrder, .determined])),
            text("entry").asked(when: "check", is: words([.reference])),
            text("key").asked(when: "check", is: words([.reference])),
            text("validFrom").asked(when: "check", is: words([.reference])),
            text("validUntil", hint: false).asked(when: "check", is: words([.reference])),
            text("on").asked(when: "check", is: words([.reference])),
            text("pattern").asked(when: "check", is: words([.pattern])),
            text("values").asked(when: "check", is: words([.enumeration])),
            text("low").asked(when: "check", is: words([.range, .length, .rowCount])),
            text("high", hint: false).asked(when: "check", is: words([.range, .length, .rowCount])),
            text("expression").asked(when: "check", is: words([.condition])),
            .number("days", Message("quality.field.days"), value: form["days"])
                .hint(Message("quality.hint.days")).asked(when: "check", is: words([.freshness])),
            text("where").asked(
                when: "check",
                is: words(
                    Check.Kind.allCases.filter {
                        ![.unique, .determined, .reference, .freshness, .rowCount].contains($0)
                    })),
            .number(
                "failedShareMaxPpm", Message("quality.threshold"), value: form["failedShareMaxPpm"],
                unit: Message("quality.unit-ppm")
            ).hint(Message("quality.hint.threshold")),
            .number(
                "warnedShareMaxPpm", Message("quality.field.warned"), value: form["warnedShareMaxPpm"],
                unit: Message("quality.unit-ppm")
            ).hint(Message("quality.hint.warned")),
            text("citation", hint: false),
            .date("effectiveFrom", Message("quality.field.from"), value: form["effectiveFrom"])
                .hint(Message("quality.hint.from")),
            .date("effectiveTo", Message("quality.field.to"), value: form["effectiveTo"])
                .hint(Message("quality.hint.to")),
            .radios(
                "severity", Message("quality.severity"),
                Rule.Severity.allCases.map {
                    Field.Option(
                        $0.rawValue, .word($0.message),
                        isChosen: form["severity"].isEmpty ? $0 == .blocking : form["severity"] == $0.rawValue
                    )
                }),
        ]
    }
}

extension RuleDraft {
    /// What the form would have to hold to say this rule again.
    var form: SubmittedForm {
        var pairs: [(String, String)] = [
            ("check", check.kind.rawValue), ("severity", severity.rawValue), ("citation", citation),
            ("column", check.columns.joined(separator: ", ")),
            ("effectiveFrom", effectiveFrom.description),
            ("effectiveTo", effectiveTo?.description ?? ""), ("where", condition?.text ?? ""),
        ]
        if failedShareMax != .none {
            pairs.append(("failedShareMaxPpm", String(failedShareMax.partsPerMillion)))
        }
        if let warnedShareMax {
            pairs.append(("warnedShareMaxPpm", String(warnedShareMax.partsPerMillion)))
        }
        switch check {
        case .dateOrder(let first, let second):
            pairs = pairs.filter { $0.0 != "column" } + [("column", first), ("other", second)]
        case .determined(let columns, let column):
            pairs = pairs.filter { $0.0 != "column" }
            pairs += [("column", columns.joined(separator: ", ")), ("other", column)]
        case .reference(let column, let keys):
            pairs = pairs.filter { $0.0 != "column" }
            pairs += [
                ("column", column), ("entry", keys.entry.text), ("key", keys.key),
                ("validFrom", keys.validFrom ?? ""), ("validUntil", keys.validUntil ?? ""),
                ("on", keys.on ?? ""),
            ]
        case .pattern(_, let pattern): pairs.append(("pattern", pattern.source))
        case .enumeration(_, let values): pairs.append(("values", values.joined(separator: ", ")))
        case .range(_, let low, let high):
            pairs += [("low", low ?? ""), ("high", high ?? "")]
        case .length(_, let low, let high):
            pairs += [("low", low.map(String.init) ?? ""), ("high", high.map(String.init) ?? "")]
        case .freshness(_, let days): pairs.append(("days", String(days)))
        case .rowCount(let low, let high):
            pairs += [("low", low.map { String($0) } ?? ""), ("high", high.map { String($0) } ?? "")]
        case .condition(let expression): pairs.append(("expression", expression.text))
        case .notNull, .identifier, .unique: break
        }
        return SubmittedForm(pairs)
    }
}

extension SubmittedForm {
    /// The form's fields as a rule's JSON; only what the chosen check takes, so that a left-over field is no fault.
    var rule: JSON {
        var members: [String: JSON] = [:]
        for key in ["check", "severity", "citation", "effectiveFrom", "effectiveTo", "where"]
        where !self[key].isEmpty {
            members[key] = .string(self[key])
        }
        func list(_ key: String) -> JSON {
            .array(
                self[key].split(whereSeparator: { ",，;；、\n".contains($0) }).map { part in
                    .string(
                        String(
                            part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
                        ))
                })
        }
        let kind = Check.Kind(rawValue: self["check"])
        if kind == .unique {
            members["columns"] = list("column")
        } else if kind == .determined {
            members["columns"] = list("column")
            members["column"] = self["other"].isEmpty ? nil : .string(self["other"])
        } else if kind == .condition {
            members["expression"] = self["expression"].isEmpty ? nil : .string(self["expression"])
        } else if kind != .rowCount, !self["column"].isEmpty {
            members["column"] = .string(self["column"])
        }
        if kind == .dateOrder, !self["other"].isEmpty { members["other"] = .string(self["other"]) }
        if kind == .reference {
            for key in ["key", "validFrom", "validUntil", "on"] where !self[key].isEmpty {
                members[key] = .string(self[key])
            }
            // The address of the entry's page does as well as its id.
            let entry = self["entry"].split(separator: "/").last.map(String.init) ?? ""
            if !entry.isEmpty { members["entry"] = .string(entry) }
        }
        if kind == .pattern, !self["pattern"].isEmpty { members["pattern"] = .string(self["pattern"]) }
        if kind == .enumeration { members["values"] = list("values") }
        if kind == .range {
            for key in ["low", "high"] where !self[key].isEmpty { members[key] = .string(self[key]) }
        }
        let numbers: [String] =
            switch kind {
            case .length, .rowCount: ["low", "high"]
            case .freshness: ["days"]
            default: []
            }
        for key in numbers where !self[key].isEmpty {
            members[key] = Int64(self[key]).map(JSON.integer) ?? .string(self[key])
        }
        for key in ["failedShareMaxPpm", "warnedShareMaxPpm"] where !self[key].isEmpty {
            members[key] = Int64(self[key]).map(JSON.integer) ?? .string(self[key])
        }
        return .object(members)
    }
}
