package import Kernel

/// A place of work in a party, with the roles it carries. People come and go; what was decided stays with the post.
package struct Post: Sendable, Hashable {
    package static let titleCharactersMax = 100

    package let id: PostID
    package let party: PartyID
    package let title: String
    package let roles: Set<Role>
    package let abolished: CalendarDate?
}

/// A post somebody holds on a date, as the page offers it for choice.
package struct HeldPost: Sendable, Hashable {
    package let post: Post
    package let partyName: String
}

/// A post and its present holder; nil while it is vacant.
package struct Seat: Sendable, Hashable {
    package let post: Post
    package let holder: Person?
}

package struct Person: Sendable, Hashable {
    package static let nameCharactersMax = 100

    package let id: PersonID
    package let name: String
}

/// One person in one post from a day to a day, both included; without an end until further notice.
package struct PostTerm: Sendable, Hashable {
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

extension HeldPost {
    package static let sample = HeldPost(post: Seat.sample.post, partyName: Party.sample.names[1].text)
}

extension Person {
    package static let sample = Person(id: PersonID(high: 7, low: 8), name: "示例人员")
}

extension PostTerm {
    package static let sample = PostTerm(
        holder: .sample, starts: CalendarDate(daysSince1970: 19_000), ends: nil)
}
