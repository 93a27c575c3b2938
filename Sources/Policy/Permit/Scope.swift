package import Kernel
package import Persistence

/// Which rows of the control plane a principal may know of. List, search, count, export and the single page all ask the same
/// scope, so what one route shows every route shows.
package struct Scope: Hashable, Sendable {
    /// What kind of rows.
    package enum Noun: String, Hashable, Sendable, CaseIterable {
        case entry, version, rule
        case shareRequest = "share-request"
        case grant, release, receipt, evidence, party, account, job, letter
        case supervision, coordination
    }

    /// A reason to be shown a row; any one is enough.
    package enum Reason: Hashable, Sendable {
        case everything
        /// The row belongs to the unit: it provides, keeps or runs it.
        case ownedBy(PartyID)
        /// The row belongs to one of the units that a post administers, or one of them asks for or receives it.
        case administered([PartyID])
        /// The unit asks for or receives what the row is about.
        case receivedBy(PartyID)
        /// Published to the units of the network.
        case published
        /// Published and open to the public.
        case open
        /// The row is the account itself or its own.
        case account(AccountID)
    }

    package let noun: Noun
    /// Empty: nothing at all.
    package let reasons: [Reason]

    init(noun: Noun, reasons: [Reason]) {
        self.noun = noun
        self.reasons = reasons
    }

    package var isEmpty: Bool { reasons.isEmpty }

    /// A condition for WHERE, in terms of the columns (or SQL expressions) of the store that asks. A reason whose column the
    /// store does not have shows nothing.
    package func condition(_ columns: Columns) -> SQL {
        var parts: [SQL] = []
        for reason in reasons {
            switch reason {
            case .everything: return "1 = 1"
            case .ownedBy(let party):
                if let owner = columns.owner { parts.append("\(raw: owner) = \(party)") }
            case .receivedBy(let party):
                if let recipient = columns.recipient { parts.append("\(raw: recipient) = \(party)") }
            case .administered(let parties):
                for column in [columns.owner, columns.recipient] {
                    if let column, !parties.isEmpty { parts.append("\(raw: column) IN \(list: parties)") }
                }
            case .published:
                if let published = columns.published { parts.append("\(raw: published) = 1") }
            case .open:
                if let published = columns.published, let open = columns.open {
                    parts.append("(\(raw: published) = 1 AND \(raw: open) = 1)")
                }
            case .account(let account):
                if let own = columns.account { parts.append("\(raw: own) = \(account)") }
            }
        }
        guard var joined = parts.first else { return "1 = 0" }
        for part in parts.dropFirst() { joined = joined + " OR " + part }
        return "(\(joined))"
    }

    /// The columns of one store that say whose a row is. SQL that the program itself wrote.
    package struct Columns: Hashable, Sendable {
        package let owner: String?
        package let recipient: String?
        /// 0 or 1.
        package let published: String?
        /// 0 or 1.
        package let open: String?
        package let account: String?

        package init(
            owner: String? = nil, recipient: String? = nil, published: String? = nil, open: String? = nil,
            account: String? = nil
        ) {
            self.owner = owner
            self.recipient = recipient
            self.published = published
            self.open = open
            self.account = account
        }
    }

    /// The same answer for a row already at hand.
    package func admits(
        owner: PartyID? = nil, recipient: PartyID? = nil, published: Bool = false, open: Bool = false,
        account: AccountID? = nil
    ) -> Bool {
        reasons.contains { reason in
            switch reason {
            case .everything: true
            case .ownedBy(let party): owner == party
            case .receivedBy(let party): recipient == party
            case .administered(let parties):
                [owner, recipient].contains { $0.map(parties.contains) ?? false }
            case .published: published
            case .open: published && open
            case .account(let own): account == own
            }
        }
    }
}
