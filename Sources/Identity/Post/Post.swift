package import Kernel

/// A place of work in a party, with the roles it carries. People come and go; what was decided stays with the post.
package struct Post: Sendable, Hashable {
    package static let titleCharactersMax = 100

    package let id: PostID
    package let party: PartyID
    package let title: String
    package let roles: Set<Role>
    package let abolished: CalendarDate?
    /// What it administers, with everything below: nil for the whole node. Of use to roles that administer.
    package let scope: PartyID?

    package init(
        id: PostID, party: PartyID, title: String, roles: Set<Role>, abolished: CalendarDate?,
        scope: PartyID? = nil
    ) {
        self.id = id
        self.party = party
        self.title = title
        self.roles = roles
        self.abolished = abolished
        self.scope = scope
    }
}

/// A post in which an account may act on a day: its own, or one whose holder it stands in for.
package struct Holding: Sendable, Hashable {
    package let post: Post
    package let isDeputy: Bool

    /// As evidence says in which post somebody acts.
    var said: [String: JSON] {
        isDeputy
            ? ["post": .string(post.id.text), "deputy": .boolean(true)] : ["post": .string(post.id.text)]
    }
}

/// A holding as pages offer it for choice.
package struct HeldPost: Sendable, Hashable {
    package let post: Post
    package let partyName: String
    /// Its last day when it stands in for the holder; nil for a post of its own.
    package let deputyUntil: CalendarDate?

    package init(post: Post, partyName: String, deputyUntil: CalendarDate? = nil) {
        self.post = post
        self.partyName = partyName
        self.deputyUntil = deputyUntil
    }
}

/// A post, its present holder, nil while it is vacant, and who stands in.
package struct Seat: Sendable, Hashable {
    package let post: Post
    package let holder: Person?
    package let deputy: Person?

    package init(post: Post, holder: Person?, deputy: Person? = nil) {
        self.post = post
        self.holder = holder
        self.deputy = deputy
    }

    /// Whoever may act in the post.
    package var people: [Person] { [holder, deputy].compactMap(\.self) }
}

package struct Person: Sendable, Hashable {
    package static let nameCharactersMax = 100

    package let id: PersonID
    package let name: String
}

/// One person in one post from a day to a day, both included; without an end until further notice.
package struct PostTerm: Sendable, Hashable {
    /// As text that comes after every day, for terms without an end.
    static let openEnd = "9999-12-31"

    package let holder: Person
    package let starts: CalendarDate
    package let ends: CalendarDate?
}

extension Seat {
    /// For pages that show what a post may look like.
    package static let sample = Seat(
        post: Post(
            id: PostID(high: 7, low: 9), party: Party.sample.id, title: "数据专员",
            roles: [.steward, .consumer], abolished: nil), holder: Person.sample)
    package static let sampleVacant = Seat(post: sample.post, holder: nil)
}

extension Post {
    package static let sampleCountyAdministrator = Post(
        id: PostID(high: 7, low: 41), party: Party.sample.id, title: "系统管理岗", roles: [.administrator],
        abolished: nil, scope: Party.sample.id)
    package static let sampleAbolished = Post(
        id: PostID(high: 7, low: 42), party: Party.sample.id, title: "备用岗", roles: [.steward],
        abolished: CalendarDate(daysSince1970: 20_000))
}

extension HeldPost {
    package static let sample = HeldPost(post: Seat.sample.post, partyName: Party.sample.names[1].text)
    package static let sampleDeputy = HeldPost(
        post: Seat.sample.post, partyName: Party.sample.names[1].text,
        deputyUntil: CalendarDate(daysSince1970: 20_005))
}

extension Person {
    package static let sample = Person(id: PersonID(high: 7, low: 8), name: "示例人员")
}

extension PostTerm {
    package static let sample = PostTerm(
        holder: .sample, starts: CalendarDate(daysSince1970: 19_000), ends: nil)
}
