package import Kernel

/// Who acts in a post beside its holder for some days (代行): while the holder is on leave or away on duty.
///
/// A deputy has all rights of the post and no more; what is done carries the deputy's own account and says that it was done in
/// somebody's place. Keys for programs are never a deputy's.
package struct Deputy: Sendable, Hashable {
    package static let reasonCharactersMax = 200
    /// A longer absence is a matter of appointing somebody.
    package static let daysMax = 184

    package let id: DeputyID
    package let post: PostID
    package let person: Person
    package let starts: CalendarDate
    package let ends: CalendarDate
    package let reason: String
    /// Taken back before its last day, in effect at once.
    package let endedAt: Instant?

    package enum Standing: String, Sendable, Hashable {
        case coming, acting, over
    }

    package func standing(on day: CalendarDate) -> Standing {
        if endedAt != nil || ends < day { return .over }
        return day < starts ? .coming : .acting
    }
}

/// On whose word somebody may stand in.
package enum DeputyAuthority: Sendable, Hashable {
    /// The post's holder of today, for a post of their own; a deputy does not pass it on.
    case holder
    /// Who manages posts, for any.
    case administrator
}

extension Deputy {
    /// For pages that show what a deputy may look like.
    package static let sample = Deputy(
        id: DeputyID(high: 7, low: 21), post: Seat.sample.post.id, person: .sample,
        starts: CalendarDate(daysSince1970: 19_998), ends: CalendarDate(daysSince1970: 20_005), reason: "年休假",
        endedAt: nil)
}
