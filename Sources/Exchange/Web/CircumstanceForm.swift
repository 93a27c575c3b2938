import Kernel
import Policy
import Web

/// What an offer adds beside columns and masks: how often, from where, when, which version, which values. Asked for only by whoever
/// wants it.
enum CircumstanceForm {
    /// While this is not chosen, what stands in the other fields counts for nothing.
    static let asked = "set"
    private static let columnsOfPairMax = 500

    static func fields(
        _ wish: RequestWish, _ typed: SubmittedForm, isAsked: Bool = true
    ) -> [Field] {
        let chosen = typed["limits"]
        let further: [Field] = [
            number("callsPerMinute", typed), number("callsPerDay", typed), number("rowsPerMinute", typed),
            Field.text("networks", word("networks"), value: typed["networks"]).hint(word("networks-hint")),
            Field.select(
                "openDays", word("open-days"),
                ["", "every-day", "working-days", "12345", "67"].map { days in
                    Field.Option(
                        days, .word(word("days.\(days.isEmpty ? "none" : days)")),
                        isChosen: days == typed["openDays"])
                }),
            Field.text("openFrom", word("open-from"), value: typed["openFrom"], type: "time"),
            Field.text("openTo", word("open-to"), value: typed["openTo"], type: "time"),
            number("minimumRows", typed).hint(word("minimum-rows-hint")),
            Field.date("asOf", word("as-of"), value: typed["asOf"]).hint(word("as-of-hint")),
            pair("longitude", wish, typed), pair("latitude", wish, typed), number("coordinatePlaces", typed),
            Field.area("values", word("values"), value: typed["values"], rows: 2).hint(word("values-hint")),
            Field.tick("verifyOnly", word("verify-only"), isOn: typed.isOn("verifyOnly")),
            number("tries", typed).hint(word("tries-hint")),
            Field.tick("jointTest", word("joint-test"), isOn: typed.isOn("jointTest")).hint(
                word("joint-test-hint")),
        ]
        return [
            Field.select(
                "limits", word("limits"),
                [
                    Field.Option("", .word(word("limits-none")), isChosen: chosen != asked),
                    Field.Option(asked, .word(word("limits-set")), isChosen: chosen == asked),
                ])
        ] + further.map { isAsked ? $0.asked(when: "limits", is: [asked]) : $0 }
    }

    /// Of which a template can say something: no columns of one entry, no version, no list of values.
    static let templateFieldNames = [
        "callsPerMinute", "callsPerDay", "rowsPerMinute", "networks", "openDays", "openFrom", "openTo",
        "minimumRows", "verifyOnly", "tries", "jointTest",
    ]

    static func templateFields(_ typed: SubmittedForm) -> [Field] {
        fields(RequestWish(), typed, isAsked: false).filter { templateFieldNames.contains($0.name) }
    }

    /// What the form adds to the clauses of a wish, or puts in the place of those.
    static func apply(_ form: SubmittedForm, to clauses: [Clause]) throws -> [Clause] {
        guard form["limits"] == asked else { return clauses }
        var reader = Reader(form: form)
        var added = reader.circumstances()
        added += reader.pairOfCoordinates() + reader.values()
        var clauses = clauses
        if form.isOn("verifyOnly") {
            clauses = clauses.map { if case .delivery = $0 { .delivery([.verify]) } else { $0 } }
            if !clauses.contains(where: { $0.kind == .tries }) {
                added.append(.tries(perKeyAndDay: Clause.Limits.triesStandard))
            }
        }
        if let tries = reader.number("tries") {
            (clauses, added) = (clauses.filter { $0.kind != .tries }, added.filter { $0.kind != .tries })
            added.append(.tries(perKeyAndDay: tries))
        }
        guard reader.faults.isEmpty else {
            throw Problem(.invalid, Message("exchange.limits-wrong"), places: reader.faults)
        }
        return clauses + added
    }

    private struct Reader {
        let form: SubmittedForm
        var faults: [Problem.Place] = []

        mutating func fault(_ field: String, _ key: String) {
            faults.append(Problem.Place(field, Message("exchange.\(key)")))
        }

        mutating func number(_ field: String) -> Int64? {
            let text = form[field]
            if text.isEmpty { return nil }
            if let number = Int64(text) { return number }
            fault(field, "measure-number")
            return nil
        }

        mutating func circumstances() -> [Clause] {
            var circumstances = Circumstances()
            let rate = RateLimit(
                callsPerMinute: number("callsPerMinute"), callsPerDay: number("callsPerDay"),
                rowsPerMinute: number("rowsPerMinute"))
            if !rate.limits.isEmpty { circumstances.rate = rate }
            let networks = form["networks"].split { $0 == "," || $0 == "，" || $0 == "、" || $0.isWhitespace }
            circumstances.networks = networks.compactMap { NetworkRange(String($0)) }
            if circumstances.networks.count < networks.count { fault("networks", "networks-wrong") }
            circumstances.hours = hours()
            circumstances.minimumRows = number("minimumRows")
            circumstances.needsJointTest = form.isOn("jointTest")
            if form.has("asOf"), !form["asOf"].isEmpty {
                circumstances.asOf = form.date("asOf").map(AsOf.day)
                if circumstances.asOf == nil { fault("asOf", "field-malformed") }
            }
            return circumstances.clauses
        }

        mutating func hours() -> OpeningHours? {
            let days = form["openDays"]
            if days.isEmpty {
                if !form["openFrom"].isEmpty || !form["openTo"].isEmpty {
                    fault("openDays", "open-days-needed")
                }
                return nil
            }
            let from = OpeningHours.minutes(form["openFrom"].isEmpty ? "00:00" : form["openFrom"])
            let to = OpeningHours.minutes(form["openTo"].isEmpty ? "24:00" : form["openTo"])
            if from == nil { fault("openFrom", "open-time-wrong") }
            if to == nil { fault("openTo", "open-time-wrong") }
            guard let days = OpeningHours.Days(days), let from, let to else { return nil }
            return OpeningHours(days: days, from: from, to: to)
        }

        mutating func pairOfCoordinates() -> [Clause] {
            let (longitude, latitude) = (form["longitude"], form["latitude"])
            if longitude.isEmpty, latitude.isEmpty, form["coordinatePlaces"].isEmpty { return [] }
            if longitude.isEmpty { fault("longitude", "coordinates-needed") }
            if latitude.isEmpty { fault("latitude", "coordinates-needed") }
            guard let places = number("coordinatePlaces") else {
                if form["coordinatePlaces"].isEmpty { fault("coordinatePlaces", "measure-number") }
                return []
            }
            return [
                .coordinates(longitude: longitude, latitude: latitude, places: Int(clamping: places))
            ]
        }

        /// A column a line, its values after a colon: `区县：源城区、东源县`.
        mutating func values() -> [Clause] {
            form["values"].split(whereSeparator: \.isNewline).compactMap { line in
                let parts = line.split(maxSplits: 1, omittingEmptySubsequences: false) {
                    $0 == ":" || $0 == "："
                }
                let values = (parts.count == 2 ? parts[1] : "").split { $0 == "," || $0 == "，" || $0 == "、" }
                    .map { $0.trimmingPrefix(while: \.isWhitespace) }.filter { !$0.isEmpty }
                guard let column = parts.first.map({ String($0).trimmed }), !column.isEmpty, !values.isEmpty
                else {
                    if !line.allSatisfy(\.isWhitespace) { fault("values", "values-wrong") }
                    return nil
                }
                return .values(column: column, allowed: values.map { String($0).trimmed })
            }
        }
    }

    private static func word(_ name: String) -> Message { Message("exchange.offer.\(name)") }

    private static func number(_ name: String, _ typed: SubmittedForm) -> Field {
        let unit: Message? =
            switch name {
            case "callsPerMinute", "callsPerDay", "tries": Message("exchange.offer.unit-times")
            case "rowsPerMinute", "minimumRows": Message("exchange.unit-rows")
            default: nil
            }
        return Field.number(name, word(name), value: typed[name], unit: unit)
    }

    private static func pair(_ name: String, _ wish: RequestWish, _ typed: SubmittedForm) -> Field {
        Field.select(
            name, word(name),
            [Field.Option("", .word(word("coordinates-none")), isChosen: typed[name].isEmpty)]
                + wish.columns.prefix(columnsOfPairMax).map {
                    Field.Option($0, .data($0), isChosen: $0 == typed[name])
                })
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
