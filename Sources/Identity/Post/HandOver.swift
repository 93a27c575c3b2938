package import Cryptography
package import Kernel
package import Persistence

/// One thing that passes to a post's next holder, or ends with the last one's term, as the list of a hand-over names it.
package struct HandOverItem: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A case that waits for the post.
        case openCase = "case"
        /// What runs by itself in the holder's name: from now on in the successor's.
        case schedule
        case folderWatch = "folder-watch"
        case dropTable = "drop-table"
        case delivery
        /// A program's key, which dies.
        case key
        /// Somebody who stands in, which ends.
        case deputy
    }

    package let kind: Kind
    package let id: String
    package let title: String
    /// The day a case is due, or a key or a deputy would have ended.
    package let day: CalendarDate?

    package init(_ kind: Kind, id: String, title: String, day: CalendarDate? = nil) {
        self.kind = kind
        self.id = id
        self.title = title
        self.day = day
    }

    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "id": .string(id), "title": .string(title),
            "day": day.map { .string($0.description) } ?? .null,
        ]
    }
}

/// 离任交接: a post passed from its holder to the next one, with the list of what was open, before a witness (监交人).
package struct HandOver: Sendable, Hashable {
    package static let remarkCharactersMax = 1_000
    /// Of each kind; what is beyond is counted in the list's last line.
    package static let itemsMax = 1_000

    package let id: HandOverID
    package let post: PostID
    package let leaver: Person
    package let successor: Person
    package let witness: Person
    /// The successor's first day; the leaver's last one is the day before.
    package let day: CalendarDate
    package let remark: String
    package let items: [HandOverItem]
    package let itemsDigest: Digest
    package let madeAt: Instant

    /// Of the list in its order, as canonical JSON (RFC 8785): what the three sign on paper is what evidence names.
    package static func digest(_ items: [HandOverItem]) -> Digest {
        DigestAlgorithm.sha256.digest(JSON.array(items.map(\.json)).canonicalBytes)
    }
}

/// The holder who leaves a post, with every account they could come in by.
package struct PostLeaving: Sendable, Hashable {
    package let post: Post
    package let leaver: Person
    package let accounts: [AccountID]
    package let starts: CalendarDate

    package init(post: Post, leaver: Person, accounts: [AccountID], starts: CalendarDate) {
        self.post = post
        self.leaver = leaver
        self.accounts = accounts
        self.starts = starts
    }
}

/// What hangs on a post's holder in one domain: how it is listed, and how it passes to the successor's account. Both run in the hand-over's
/// transaction; what is not listed is not moved.
package struct PostBelongings: Sendable {
    package typealias Listing = @Sendable (PostLeaving, any Connection) throws -> [HandOverItem]
    package typealias Moving = @Sendable (PostLeaving, AccountID, any Connection) throws -> Void

    let listed: Listing
    let moved: Moving

    /// Without `moved` it stays where it is, because it belongs to the post already.
    package init(listed: @escaping Listing, moved: @escaping Moving = { _, _, _ in }) {
        self.listed = listed
        self.moved = moved
    }
}

extension HandOver {
    /// For pages that show what a hand-over may look like.
    package static let sample: HandOver = {
        let items = [
            HandOverItem(
                .openCase, id: CaseID(high: 7, low: 31).text, title: "法人单位基本信息",
                day: CalendarDate(daysSince1970: 20_010)),
            HandOverItem(.schedule, id: HookID(high: 7, low: 32).text, title: "低保对象信息"),
            HandOverItem(
                .key, id: TokenID(high: 7, low: 4).text, title: "核查系统",
                day: CalendarDate(daysSince1970: 20_100)),
        ]
        func person(_ low: UInt64, _ name: String) -> Person {
            Person(id: PersonID(high: 7, low: low), name: name)
        }
        return HandOver(
            id: HandOverID(high: 7, low: 33), post: Seat.sample.post.id, leaver: .sample,
            successor: person(34, "接任人员"), witness: person(35, "监交人员"),
            day: CalendarDate(daysSince1970: 20_000), remark: "纸质档案一箱随同移交。", items: items,
            itemsDigest: digest(items), madeAt: Instant(microseconds: 1_728_000_000_000_000))
    }()
}
