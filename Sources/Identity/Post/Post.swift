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
