import Identity
import Kernel
import Persistence

/// A tray is one or several walks along an index, each as long as what is shown; what they find is joined and is in order again.
extension Inbox {
    /// Each a SELECT of `x`: a part of the unit, a turn of the principal, or a watched case. More conditions follow.
    func selections(_ tray: Tray, _ columns: SQL, _ titles: TitleSearch = .any) -> [SQL] {
        guard let party = principal.party, let account = principal.account else { return [] }
        let seen: SQL = sight.map { " AND x.seats IN \(list: $0.seats)" } ?? ""
        func parts(_ stages: String...) -> SQL {
            // One alone keeps the order of its index.
            let among: SQL = stages.count == 1 ? "= \(stages[0])" : "IN \(list: stages)"
            return
                """
                SELECT \(columns) FROM \(titles.lead)case_part x
                WHERE \(titles.party) = \(party) AND x.stage \(among)
                """ + titles.condition + seen
        }
        switch tray {
        case .mine: return turns(party, account, columns, titles).map { $0 + seen }
        case .unit: return [parts("own")]
        case .waiting: return [parts("other")]
        // Found by their titles, all stages are looked through at once.
        case .underway where titles.isLeading: return [parts("own", "other", "none")]
        case .underway: return ["own", "other", "none"].map { parts($0) }
        case .closed: return [parts("over")]
        case .watched:
            return [
                """
                SELECT \(columns) FROM (
                    SELECT w.case_id, c.state, COALESCE(c.due_on, '9999-12-31') AS due_key, c.changed_at
                    FROM case_watch w JOIN governed_case c ON c.id = w.case_id
                    WHERE w.account_id = \(account)) x
                WHERE 1 = 1
                """ + titles.condition + (sight.map { " AND " + $0.watched } ?? "")
            ]
        }
    }

    /// One walk for each role in which it could be my turn, for anybody of it and for my post alone.
    private func turns(
        _ party: PartyID, _ account: AccountID, _ columns: SQL, _ titles: TitleSearch
    ) -> [SQL] {
        let posts = principal.post.map { ["", $0.text] } ?? [""]
        return roles.flatMap { role in
            posts.map { post in
                """
                SELECT \(columns) FROM \(titles.lead)case_holder x
                WHERE \(titles.party) = \(party) AND x.role = \(role) AND x.post_id = \(post)
                  AND NOT EXISTS (SELECT 1 FROM case_excluded e
                      WHERE e.case_id = x.case_id AND e.account_id = \(account))
                """ + titles.condition
            }
        }
    }

    /// Without the words, which are looked for in another way (`TitleSearch`). The index of a state's cases has them by deadline: for another
    /// order it is kept away from, so that no state is sorted as a whole.
    func condition(_ filter: InboxFilter, in order: InboxOrder = .earliestDue) -> SQL {
        var condition: SQL = ""
        if let kind = filter.kind {
            condition =
                condition
                + " AND EXISTS (SELECT 1 FROM governed_case c WHERE c.id = x.case_id AND c.kind = \(kind))"
        }
        if let state = filter.state {
            condition =
                condition + (order.key == .due ? " AND x.state = \(state)" : " AND x.state || '' = \(state)")
        }
        if let unit = filter.unit {
            condition =
                condition
                + " AND EXISTS (SELECT 1 FROM case_part o WHERE o.case_id = x.case_id AND o.party_id = \(unit))"
        }
        if let due = filter.due { condition = condition + self.condition(due) }
        if let day = filter.changedSince {
            condition = condition + " AND x.changed_at >= \(day.start)"
        }
        return condition
    }

    func condition(_ due: InboxFilter.Due) -> SQL {
        switch due {
        case .overdue: " AND x.due_key < \(today)"
        case .soon: " AND x.due_key >= \(today) AND x.due_key <= \(today.adding(days: Self.dueSoonDays))"
        case .week: " AND x.due_key >= \(today) AND x.due_key <= \(today.adding(days: 7 - today.weekday))"
        case .without: " AND x.due_key = \(CaseStore.noDue)"
        case .on(let day): " AND x.due_key = \(day)"
        }
    }

    // MARK: - Order and place

    /// Where a page ended: the key of its order and the case.
    struct Place {
        let key: SQLValue
        let id: CaseID

        /// Nil for what is none in this order.
        init?(_ cursor: String, _ order: InboxOrder.Key) {
            let parts = cursor.split(separator: "~", maxSplits: 1)
            guard parts.count == 2, let id = CaseID(String(parts[1])) else { return nil }
            self.id = id
            switch order {
            case .due:
                guard let day = CalendarDate(String(parts[0])) else { return nil }
                key = .text(day.description)
            case .changed:
                guard let moment = Int64(parts[0]) else { return nil }
                key = .integer(moment)
            }
        }

        init(_ row: Row, _ order: InboxOrder.Key) throws {
            id = try row.value("id")
            key =
                switch order {
                case .due: .text(try row.value("due_key"))
                case .changed: .integer(try row.value("changed_at"))
                }
        }

        var text: String {
            switch key {
            case .text(let text): "\(text)~\(id)"
            case .integer(let number): "\(number)~\(id)"
            case .null, .bytes: ""
            }
        }
    }

    func begun(_ place: Place?, _ order: InboxOrder) -> SQL {
        guard let place else { return "" }
        return switch (order.key, order.isDescending) {
        case (.due, false): " AND (x.due_key, x.case_id) > (\(place.key), \(place.id))"
        case (.due, true): " AND (x.due_key, x.case_id) < (\(place.key), \(place.id))"
        case (.changed, false): " AND (x.changed_at, x.case_id) > (\(place.key), \(place.id))"
        case (.changed, true): " AND (x.changed_at, x.case_id) < (\(place.key), \(place.id))"
        }
    }

    /// Nothing that is not in the order's own index.
    static func columns(_ order: InboxOrder) -> SQL {
        switch order.key {
        case .due: "x.case_id, x.due_key"
        case .changed: "x.case_id, x.changed_at"
        }
    }

    static func sorted(_ order: InboxOrder) -> SQL {
        switch (order.key, order.isDescending) {
        case (.due, false): " ORDER BY x.due_key, x.case_id"
        case (.due, true): " ORDER BY x.due_key DESC, x.case_id DESC"
        case (.changed, false): " ORDER BY x.changed_at, x.case_id"
        case (.changed, true): " ORDER BY x.changed_at DESC, x.case_id DESC"
        }
    }

    static func lead(_ order: InboxOrder) -> SQL {
        switch (order.key, order.isDescending) {
        case (.due, false): "m.due_key, c.id"
        case (.due, true): "m.due_key DESC, c.id DESC"
        case (.changed, false): "m.changed_at, c.id"
        case (.changed, true): "m.changed_at DESC, c.id DESC"
        }
    }

    /// What several walks find, each case once; nil without any walk. A unit has one part in a case; my turn it may be in several roles.
    static func joined(_ parts: [SQL], of tray: Tray) -> SQL? {
        guard let first = parts.first else { return nil }
        func wrapped(_ part: SQL) -> SQL { "SELECT * FROM (" + part + ") q" }
        let joint: SQL = tray == .mine ? " UNION " : " UNION ALL "
        return parts.dropFirst().reduce(wrapped(first)) { $0 + joint + wrapped($1) }
    }

    // MARK: - Lines

    func lines(_ rows: [Row], in connection: any Connection) throws -> [Line] {
        let ids: [CaseID] = try rows.map { try $0.value("id") }
        guard !ids.isEmpty else { return [] }
        var seats: [CaseID: [String: PartyID]] = [:]
        for row in try connection.rows(
            "SELECT case_id, seat, party_id FROM case_seat WHERE case_id IN \(list: ids)")
        {
            seats[try row.value("case_id"), default: [:]][try row.value("seat")] = try row.value("party_id")
        }
        var holders: [CaseID: [CaseHolder]] = [:]
        var since: [CaseID: Instant] = [:]
        for row in try connection.rows(
            """
            SELECT case_id, party_id, role, post_id, since FROM case_holder WHERE case_id IN \(list: ids)
            ORDER BY case_id, role, post_id
            """)
        {
            let id: CaseID = try row.value("case_id")
            guard let holder = try CaseStore.holder(row) else { continue }
            holders[id, default: []].append(holder)
            since[id] = max(since[id] ?? Instant(microseconds: 0), try row.value("since"))
        }
        let papers: [CaseID] = try connection.rows(
            """
            SELECT DISTINCT case_id FROM paper_approval WHERE case_id IN \(list: ids)
            AND state IN ('waiting', 'compared', 'confirmed')
            """
        ).map { try $0.value("case_id") }
        return try rows.map { row in
            let id: CaseID = try row.value("id")
            let due: CalendarDate? = try row.optional("due_on")
            return Line(
                id: id, kind: try row.value("kind"), title: try row.value("title"),
                state: try row.value("state"), revision: try row.value("revision"), due: due,
                isOverdue: due.map { $0 < today } ?? false,
                isProvisional: try row.value("is_provisional"), changedAt: try row.value("changed_at"),
                seats: seats[id] ?? [:], holders: holders[id] ?? [], since: since[id],
                hasPaper: papers.contains(id))
        }
    }
}
