package import Kernel

/// The stored and outside form of a report.
extension QualityReport {
    package var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id.text), "entry": .string(entry.text), "rows": .integer(rows),
            "at": .integer(at.microseconds), "gate": .string(gate.rawValue),
            "results": .array(results.map(\.json)),
            "scoresPpm": .object(
                Dictionary(
                    scores.map { ($0.key.rawValue, .integer(Int64($0.value.partsPerMillion))) },
                    uniquingKeysWith: { first, _ in first })),
        ]
        if let overall = overall() { members["overallPpm"] = .integer(Int64(overall.partsPerMillion)) }
        return .object(members)
    }

    /// Nil for text that is no report of this build.
    init?(json: JSON) {
        guard let id = json["id"]?.string.flatMap(QualityRunID.init),
            let entry = json["entry"]?.string.flatMap(EntryID.init), let rows = json["rows"]?.integer,
            let at = json["at"]?.integer, let elements = json["results"]?.array
        else { return nil }
        let results = elements.compactMap(RuleResult.init(json:))
        guard results.count == elements.count else { return nil }
        self.init(id: id, entry: entry, rows: rows, at: Instant(microseconds: at), results: results)
    }
}

extension RuleResult {
    fileprivate var json: JSON {
        var members: [String: JSON] = [
            "rule": .string(rule.text), "revision": .integer(Int64(revision)),
            "check": .string(check.rawValue),
            "columns": .array(columns.map(JSON.string)), "demand": demand.json,
            "severity": .string(severity.rawValue), "indicator": .string(indicator.rawValue),
            "evaluated": .integer(evaluated), "failed": .integer(failed),
            "failedShareMaxPpm": .integer(Int64(failedShareMax.partsPerMillion)),
            "verdict": .string(verdict.rawValue), "failingRows": .array(failingRows.map(JSON.integer)),
        ]
        if let share { members["sharePpm"] = .integer(Int64(share.partsPerMillion)) }
        if let fault { members["fault"] = fault.json }
        if let comparedWith {
            members["comparedWith"] = [
                "entry": .string(comparedWith.entry.text), "version": .string(comparedWith.version.text),
                "number": .integer(Int64(comparedWith.number)),
            ]
        }
        return .object(members)
    }

    fileprivate init?(json: JSON) {
        guard let rule = json["rule"]?.string.flatMap(RuleID.init), let revision = json["revision"]?.integer,
            let check = json["check"]?.string.flatMap(Check.Kind.init(rawValue:)),
            let columns = json["columns"]?.array?.compactMap(\.string),
            let demand = json["demand"].flatMap(Message.init(json:)),
            let severity = json["severity"]?.string.flatMap(Rule.Severity.init(rawValue:)),
            let indicator = json["indicator"]?.string.flatMap(Indicator.init(rawValue:)),
            let evaluated = json["evaluated"]?.integer, let failed = json["failed"]?.integer,
            let failedShareMax = json["failedShareMaxPpm"]?.integer,
            let verdict = json["verdict"]?.string.flatMap(Verdict.init(rawValue:))
        else { return nil }
        self.init(
            rule: rule, revision: Int(revision), check: check, columns: columns, demand: demand,
            severity: severity, indicator: indicator, evaluated: evaluated, failed: failed,
            failedShareMax: Share(partsPerMillion: Int(failedShareMax)), verdict: verdict,
            fault: json["fault"].flatMap(Message.init(json:)),
            failingRows: (json["failingRows"]?.array ?? []).compactMap(\.integer),
            comparedWith: json["comparedWith"].flatMap(ComparedWith.init(json:)))
    }
}

extension ComparedWith {
    fileprivate init?(json: JSON) {
        guard let entry = json["entry"]?.string.flatMap(EntryID.init),
            let version = json["version"]?.string.flatMap(VersionID.init),
            let number = json["number"]?.integer
        else { return nil }
        self.init(entry: entry, version: version, number: Int(number))
    }
}

extension Message {
    fileprivate var json: JSON {
        .object(["key": .string(key), "arguments": .object(arguments.mapValues(JSON.string))])
    }

    fileprivate init?(json: JSON) {
        guard let key = json["key"]?.string else { return nil }
        self.init(key, (json["arguments"]?.object ?? [:]).compactMapValues(\.string))
    }
}
