package import Kernel
import Policy

extension RequestWish {
    /// What a draft may not be even as a draft: longer than there is room for.
    package func sizeFaults() -> [Problem.Place] {
        let texts: [(String, String, Int)] = [
            ("rows", rows, Limits.rowsCharactersMax), ("purpose", purpose, Limits.textCharactersMax),
            ("legalBasis", legalBasis, Limits.textCharactersMax),
            ("businessItem", businessItem, Limits.textCharactersMax),
            ("contactPost", contactPost, Limits.contactCharactersMax),
        ]
        var faults = texts.filter { $0.1.unicodeScalars.count > $0.2 }.map { name, _, charactersMax in
            Problem.Place(name, Message("exchange.field-too-long", ["charactersMax": "\(charactersMax)"]))
        }
        if columns.count > Clause.Limits.columnsMax {
            faults.append(
                Problem.Place(
                    "columns",
                    Message("exchange.columns-too-many", ["columnsMax": "\(Clause.Limits.columnsMax)"])))
        }
        return faults
    }

    /// Everything that keeps the request from being submitted on `day`, in the order of the form.
    package func faults(against entry: RequestedEntry, on day: CalendarDate) -> [Problem.Place] {
        sizeFaults() + columnFaults(entry) + conditionFaults(entry) + deliveryFaults(entry)
            + requiredFaults() + periodFaults(day)
            + quotaFaults()
    }

    private func columnFaults(_ entry: RequestedEntry) -> [Problem.Place] {
        guard !columns.isEmpty else {
            return [Problem.Place("columns", Message("exchange.columns-none"))]
        }
        let known = Set(entry.schema.map(\.name))
        var seen: Set<String> = []
        let untreatable = treatments.sorted { $0.key < $1.key }.compactMap { column, treatment in
            if OfferForm.plain[treatment] == nil {
                return Problem.Place(
                    "columns", Message("running.treatment-unknown", ["treatment": treatment]))
            }
            return columns.contains(column)
                ? nil : Problem.Place("columns", Message("exchange.column-unknown", ["column": column]))
        }
        return untreatable
            + columns.compactMap { name in
                if !known.contains(name) {
                    return Problem.Place("columns", Message("exchange.column-unknown", ["column": name]))
                }
                return seen.insert(name).inserted
                    ? nil : Problem.Place("columns", Message("exchange.column-twice", ["column": name]))
            }
    }

    private func conditionFaults(_ entry: RequestedEntry) -> [Problem.Place] {
        do throws(PolicyError) {
            guard let condition = try condition() else { return [] }
            _ = try TypedExpression(predicate: condition, schema: entry.schema)
            return []
        } catch {
            let places = error.problem.places
            return places.isEmpty
                ? [Problem.Place("rows", error.problem.message)]
                : places.map { Problem.Place("rows", $0.message) }
        }
    }

    private func deliveryFaults(_ entry: RequestedEntry) -> [Problem.Place] {
        deliveries.subtracting(entry.facts.deliveries).sorted { $0.rawValue < $1.rawValue }.map { kind in
            Problem.Place("deliveries", Message("exchange.delivery-not-live", ["delivery": kind.rawValue]))
        }
    }

    private func requiredFaults() -> [Problem.Place] {
        let texts = [
            ("purpose", purpose), ("legalBasis", legalBasis), ("businessItem", businessItem),
            ("contactPost", contactPost),
        ]
        var faults = texts.filter { $0.1.allSatisfy(\.isWhitespace) }.map { name, _ in
            Problem.Place(name, Message("exchange.field-required"))
        }
        if deliveries.isEmpty {
            faults.append(Problem.Place("deliveries", Message("exchange.deliveries-none")))
        }
        if deliveries.contains(.verify), deliveries.count > 1 {
            faults.append(Problem.Place("deliveries", Message("exchange.verify-alone")))
        }
        if !isCommitted {
            faults.append(Problem.Place("isCommitted", Message("exchange.commitment-missing")))
        }
        return faults
    }

    private func periodFaults(_ day: CalendarDate) -> [Problem.Place] {
        guard let from else { return [Problem.Place("from", Message("exchange.field-required"))] }
        guard let to else { return [Problem.Place("to", Message("exchange.field-required"))] }
        if to < from { return [Problem.Place("to", Message("exchange.period-ends-early"))] }
        if to < day { return [Problem.Place("to", Message("exchange.period-over"))] }
        if to.daysSince1970 - from.daysSince1970 > Clause.Limits.validityDaysMax {
            return [
                Problem.Place(
                    "to",
                    Message(
                        "exchange.period-too-long", ["daysMax": "\(Clause.Limits.validityDaysMax)"]))
            ]
        }
        return []
    }

    private func quotaFaults() -> [Problem.Place] {
        var faults: [Problem.Place] = []
        func demand(_ name: String, _ value: Int64?, _ max: Int64) {
            guard let value else { return }
            if !(1...max).contains(value) {
                faults.append(
                    Problem.Place(name, Message("exchange.number-out-of-range", ["max": "\(max)"])))
            }
        }
        if expectedRows == nil {
            faults.append(Problem.Place("expectedRows", Message("exchange.field-required")))
        }
        demand("expectedRows", expectedRows, Limits.quotaRowsMax)
        demand("dailyRows", dailyRows, Limits.quotaRowsMax)
        if retentionDays == nil {
            faults.append(Problem.Place("retentionDays", Message("exchange.field-required")))
        }
        demand("retentionDays", retentionDays.map(Int64.init), Int64(Clause.Limits.retentionDaysMax))
        return faults
    }
}
