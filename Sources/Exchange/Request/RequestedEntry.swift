import Casework
package import Kernel
package import Policy

/// What Exchange must know of an entry to take a request for it: the published card and the facts the policy decides by.
package struct RequestedEntry: Sendable, Hashable {
    package let title: String
    /// 共享条件, for a conditional entry.
    package let condition: String
    /// For 不予共享: the law, regulation or State-Council policy that forbids it.
    package let notSharedBasis: String
    package let facts: EntryFacts
    /// Whose consent every request needs; Exchange itself keeps it.
    package internal(set) var consent: EntryConsent?

    package init(title: String, condition: String = "", notSharedBasis: String = "", facts: EntryFacts) {
        self.title = title
        self.condition = condition
        self.notSharedBasis = notSharedBasis
        self.facts = facts
    }

    package var id: EntryID { facts.entry }
    package var provider: PartyID { facts.provider }
    package var sharing: SharingKind { facts.sharing }
    /// Nobody decides on requests for it: who accepts one has granted it. Where the department above must be asked, its provider decides.
    package var isGrantedAtOnce: Bool { sharing == .unconditional && consent == nil }
    package var schema: Schema { facts.schema }
}

extension RequestedEntry {
    /// By which the units choose their signatures: the highest grade of the columns that are asked for.
    func occasion(of wish: RequestWish) -> ChainOccasion {
        let asked = facts.columns.filter { column in wish.columns.contains(column.column.name) }
        return ChainOccasion(sharing: sharing, grade: asked.compactMap(\.grade).max())
    }
}
