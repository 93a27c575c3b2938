package import Kernel

/// One fact of the record: who decided or released what, when. The leaf is also the event that other parts follow.
///
/// `payload` holds no personal data; what is personal goes to `personal`, which is kept apart under a salted digest and can
/// be erased without breaking the chain.
package struct Leaf: Sendable, Hashable {
    package struct Subject: Sendable, Hashable {
        package let kind: String
        package let id: String
        package init(kind: String, id: String) {
            self.kind = kind
            self.id = id
        }
        package init<N: Noun>(_ id: ID<N>) { self.init(kind: N.kind, id: id.text) }
    }

    package let id: LeafID
    /// `grant.signed`, `release.authorised` …: `<noun>.<past participle>`.
    package let type: String
    /// Of the payload's shape for this type.
    package let version: Int
    package let at: Instant
    /// The acting account's or party's urn, `system`, or `public`.
    package let actor: String
    package let subjects: [Subject]
    package let payload: JSON
    package let personal: JSON?

    package init(
        id: LeafID, type: String, version: Int = 1, at: Instant, actor: String, subjects: [Subject],
        payload: JSON, personal: JSON? = nil
    ) {
        self.id = id
        self.type = type
        self.version = version
        self.at = at
        self.actor = actor
        self.subjects = subjects
        self.payload = payload
        self.personal = personal
    }
}
