import Kernel

/// What stands against coordinates, lists of values, and clauses about circumstances.
extension TermsCheck {
    /// Both coordinates leave, in types that have decimals, and under no mask of their own; then each is masked like the other.
    mutating func checkPairs(_ columns: [ColumnFacts]) {
        for (longitude, latitude, places) in pairs {
            let mask = Mask.decimals(places)
            if longitude.utf8.elementsEqual(latitude.utf8) {
                refuse(.coordinatesSame, .coordinates, column: longitude)
            }
            if let limit = mask.brokenLimit {
                refuse(
                    .maskParameter, .coordinates, column: longitude, operation: mask.name.rawValue,
                    ["limit": limit])
            }
            for name in [longitude, latitude] {
                guard let facts = facts.facts(of: name) else {
                    refuse(.columnUnknown, .coordinates, column: name)
                    continue
                }
                let type = facts.column.type
                if !columns.contains(facts) {
                    refuse(
                        .maskOnAbsentColumn, .coordinates, column: name, operation: mask.name.rawValue)
                }
                if mask.output(of: type) == nil {
                    refuse(
                        .maskUnsupported, .coordinates, column: name, operation: mask.name.rawValue,
                        ["type": type.description])
                }
                if mask.changesNothing(in: type) { refuse(.noEffect, .coordinates, column: name) }
                if masks.updateValue(mask, forKey: name) != nil {
                    refuse(.maskTwice, .coordinates, column: name)
                }
            }
        }
    }

    /// Values typed by their column; what it can never hold would keep every row back without a word.
    mutating func listed() -> [Expression] {
        var seen: Set<String> = []
        return lists.compactMap { column, allowed in
            let kind = Clause.Kind.values
            guard let facts = facts.facts(of: column) else {
                refuse(.columnUnknown, kind, column: column)
                return nil
            }
            if !seen.insert(column).inserted { refuse(.columnTwice, kind, column: column) }
            if allowed.isEmpty { refuse(.emptyList, kind, column: column, operation: "IN") }
            if allowed.count > Expression.Limits.listValuesMax {
                refuse(.tooLarge, kind, column: column, ["limit": String(Expression.Limits.listValuesMax)])
            }
            let type = facts.column.type
            guard type != .double, type != .timestamp else {
                refuse(
                    .operatorUnsupported, kind, column: column, operation: "IN", ["type": type.description])
                return nil
            }
            var values: [Value] = []
            for (position, text) in allowed.enumerated() {
                guard let value = Value(written: text, as: type) else {
                    refuse(
                        .valueMalformed, kind, column: column,
                        ["position": String(position + 1), "type": type.description])
                    continue
                }
                values.append(value)
            }
            return values.isEmpty ? nil : .isIn(.column(column), values)
        }
    }

    /// When, from where, how often: each must be something that can be held, and that holds something.
    mutating func checkCircumstances() {
        let circumstances = Circumstances(clauses)
        if counts[.rate] != nil {
            let limits = circumstances.rate?.limits ?? []
            if limits.isEmpty || !limits.allSatisfy({ (1...Clause.Limits.rateMax).contains($0.limit) }) {
                refuse(.outOfRange, .rate, ["limit": "1–\(Clause.Limits.rateMax)"])
            }
        }
        if counts[.networks] != nil {
            if circumstances.networks.isEmpty { refuse(.emptyList, .networks, operation: "networks") }
            if circumstances.networks.count > Clause.Limits.networksMax {
                refuse(.tooLarge, .networks, ["limit": String(Clause.Limits.networksMax)])
            }
            if circumstances.networks.contains(where: { $0.prefixBits == 0 }) {
                refuse(.noEffect, .networks)
            }
            // Who asks may be in the network, and the database that the rows go to be elsewhere.
            if deliveries.first?.contains(.push) == true {
                refuse(.networksDelivery, .networks, operation: DeliveryKind.push.rawValue)
            }
        }
        if let hours = circumstances.hours {
            let minutes = 0...OpeningHours.minutesMax
            if !minutes.contains(hours.from) || !minutes.contains(hours.to) || hours.to <= hours.from {
                refuse(.hoursReversed, .hours)
            }
            if hours.days == .every, hours.from == 0, hours.to == OpeningHours.minutesMax {
                refuse(.noEffect, .hours)
            }
        }
        if let rows = circumstances.minimumRows {
            if !(2...Clause.Limits.minimumRowsMax).contains(rows) {
                refuse(.outOfRange, .minimumRows, ["limit": "2–\(Clause.Limits.minimumRowsMax)"])
            }
            for kind in DeliveryKind.allCases
            where deliveries.first?.contains(kind) == true && !DeliveryKind.counted.contains(kind) {
                refuse(.minimumRowsDelivery, .minimumRows, operation: kind.rawValue)
            }
        }
        if let asOf = circumstances.asOf, facts.live == nil {
            let isThere =
                switch asOf {
                case .day(let day): facts.history.map { $0.firstPublished <= day } ?? false
                case .version(let number):
                    facts.history.map { (1...$0.newestNumber).contains(number) } ?? false
                }
            if !isThere { refuse(.asOfNothing, .asOf) }
        }
        checkVerifying(circumstances.triesPerKey)
    }

    /// Of an entry that is asked call by call only answers leave, as they are now, and to those who may have the key that they ask by.
    mutating func checkLive(_ columns: [ColumnFacts]) {
        guard let live = facts.live else { return }
        for kind in DeliveryKind.allCases
        where deliveries.first?.contains(kind) == true && !LiveFacts.deliveries.contains(kind) {
            refuse(.deliveryNotLive, .delivery, operation: kind.rawValue)
        }
        if counts[.asOf] != nil { refuse(.asOfLive, .asOf) }
        let askable = columns.contains { column in
            let mask = masks[column.column.name]
            return mask != .drop && mask != .pseudonym
                && live.keyColumns.contains { $0.utf8.elementsEqual(column.column.name.utf8) }
        }
        if !columnLists.isEmpty, !askable {
            refuse(.liveKeyMissing, .columns, ["keys": live.keyColumns.joined(separator: "、")])
        }
    }

    /// Beside rows, a verify call would be a cheaper way to the same values; without a limit of tries, a way to guess them.
    mutating func checkVerifying(_ tries: Int64?) {
        let kinds = deliveries.first ?? []
        if kinds.contains(.verify) {
            if kinds.count > 1 { refuse(.verifyAlone, .delivery) }
            if tries == nil { refuse(.clauseMissing, .tries) }
        } else if tries != nil {
            refuse(.noEffect, .tries)
        }
        if let tries, !(1...Clause.Limits.triesMax).contains(tries) {
            refuse(.outOfRange, .tries, ["limit": "1–\(Clause.Limits.triesMax)"])
        }
    }
}
