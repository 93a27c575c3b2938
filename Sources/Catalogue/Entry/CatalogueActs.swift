import Cryptography
import Evidence
package import Identity
package import Kernel
import Persistence
import Policy

/// The acts, one transaction each: permit redeemed, entry moved, history and evidence written, or none of it.
extension Catalogue {
    /// A new entry of the unit `owner`; without a resource code it gets the next one of its category.
    package func draft(_ card: EntryCard, owner: PartyID, by principal: Principal) async throws -> Entry {
        let now = clock.now()
        let id = EntryID.new(at: now)
        let account = try Self.account(principal)
        let permit = try permissions.permit(
            .draftEntry, on: .new(kind: EntryNoun.kind, owner: owner), for: principal)
        return try await database.write(under: permit) { connection, mandate in
            let coded = try Self.coded(card, in: connection)
            let entry = try Entry.drafted(id, owner: owner, card: coded, by: account, at: now)
            try EntryStore.insert(entry, under: mandate, in: connection)
            try remember(.drafted, of: entry, before: nil, by: mandate, reason: nil, in: connection)
            return entry
        }
    }

    package func revise(
        _ id: EntryID, seen revision: Int, to card: EntryCard, by principal: Principal
    ) async throws -> Entry {
        let account = try Self.account(principal)
        return try await act(.revised, .draftEntry, on: id, seen: revision, by: principal) {
            connection, entry, now in
            try entry.revised(try Self.coded(card, in: connection), by: account, at: now)
        }
    }

    package func submit(_ id: EntryID, seen revision: Int, by principal: Principal) async throws -> Entry {
        let account = try Self.account(principal)
        return try await act(.submitted, .draftEntry, on: id, seen: revision, by: principal) {
            _, entry, now in
            try entry.submitted(by: account, scheme: try scheme(at: now), at: now)
        }
    }

    package func recall(_ id: EntryID, seen revision: Int, by principal: Principal) async throws -> Entry {
        try await act(.recalled, .draftEntry, on: id, seen: revision, by: principal) { _, entry, now in
            try entry.recalled(at: now)
        }
    }

    package func discard(_ id: EntryID, seen revision: Int, by principal: Principal) async throws -> Entry {
        try await act(.discarded, .draftEntry, on: id, seen: revision, by: principal) { _, entry, now in
            try entry.discarded(at: now)
        }
    }

    /// By the department's CDO or the bureau; never by whoever had a hand in the proposal.
    package func sendBack(
        _ id: EntryID, seen revision: Int, reason: String, by principal: Principal
    ) async throws -> Entry {
        let account = try Self.account(principal)
        let stored = try await entry(id, for: principal)
        let subject = subject(stored)
        let action: Action =
            permissions.allows(.publishEntry, on: subject, for: principal) ? .publishEntry : .reviewEntry
        return try await act(.returned, action, on: id, seen: revision, by: principal, reason: reason) {
            _, entry, now in
            try entry.returned(reason: reason, by: account, at: now)
        }
    }

    package func publish(_ id: EntryID, seen revision: Int, by principal: Principal) async throws -> Entry {
        let account = try Self.account(principal)
        return try await act(.published, .publishEntry, on: id, seen: revision, by: principal) {
            _, entry, now in
            try entry.published(by: account, scheme: try scheme(at: now), at: now)
        }
    }

    package func withdraw(
        _ id: EntryID, seen revision: Int, reason: String, by principal: Principal
    ) async throws -> Entry {
        try await act(.withdrawn, .withdrawEntry, on: id, seen: revision, by: principal, reason: reason) {
            _, entry, now in
            try entry.withdrawn(reason: reason, at: now)
        }
    }

    private func act(
        _ act: Entry.Act, _ action: Action, on id: EntryID, seen revision: Int, by principal: Principal,
        reason: String? = nil,
        _ step: @escaping @Sendable (any Connection, Entry, Instant) throws -> Entry
    ) async throws -> Entry {
        let now = clock.now()
        let entry = try await entry(id, for: principal)
        guard entry.revision == revision else {
            throw CatalogueError.moved(expected: revision, found: entry.revision)
        }
        let permit = try permissions.permit(action, on: subject(entry), for: principal)
        return try await database.write(under: permit) { connection, mandate in
            guard let stored = try EntryStore.load(id, in: connection) else {
                throw CatalogueError.unknown(id)
            }
            let next = try step(connection, stored.entry, now)
            try EntryStore.update(stored, to: next, under: mandate, in: connection)
            try remember(act, of: next, before: stored.entry, by: mandate, reason: reason, in: connection)
            return next
        }
    }

    /// History and evidence of one act, in its transaction.
    func remember(
        _ act: Entry.Act, of entry: Entry, before: Entry?, by mandate: borrowing Mandate, reason: String?,
        in connection: any Connection
    ) throws {
        let event = EntryEvent(
            revision: entry.revision, act: act, actor: mandate.actor, at: entry.changedAt, reason: reason,
            changes: EntryCard.changes(from: before?.currentCard, to: entry.currentCard))
        try EntryHistory.append(event, to: entry.id, in: connection)
        let card = evidence.hasher.algorithm.digest(entry.currentCard.json.canonicalBytes).text
        try evidence.append(EntryHistory.leaf(event, entry: entry, digest: card), in: connection)
    }

    private static func account(_ principal: Principal) throws(CatalogueError) -> AccountID {
        guard let account = principal.account else { throw .accountNeeded }
        return account
    }

    /// A card with a category and no code gets the category's next.
    static func coded(_ card: EntryCard, in connection: any Connection) throws -> EntryCard {
        guard card.resourceCode.isEmpty, let category = CategoryCode(card.category) else { return card }
        var coded = card
        coded.resourceCode = try EntryStore.nextCode(category, in: connection).description
        return coded
    }
}

extension Entry {
    /// The card that was last worked on: the proposal's where there is one.
    package var currentCard: EntryCard { proposal?.card ?? card }
}
