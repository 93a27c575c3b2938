import Casework
import Hooking
import Identity
import Kernel
import Policy
import Release
import Synchronization
import Web

/// Which publication's consequences this process has drawn; nil since the start.
final class CalendarFollower: Sendable {
    private let revision = Mutex<Int?>(nil)

    var followed: Int? { revision.withLock { $0 } }
    func follow(_ revision: Int) { self.revision.withLock { $0 = revision } }
}

extension Node {
    /// Takes over what another process published, and draws the consequences once a publication: deadlines that run, next occurrences of
    /// schedules and deliveries. What it cannot finish it begins again a second later.
    package func calendarRound() async throws {
        let revision = try await workingCalendar.refresh()
        guard calendarFollower.followed != revision else { return }
        try await workingCalendar.reckon()
        try await hooking.retimeSchedules()
        try await deliveries.retime()
        calendarFollower.follow(revision)
    }

    /// For the inbox of whoever may publish a year: which are missing; nil when none is, or when they may not.
    func calendarReminder(for principal: Principal) async throws -> Table? {
        guard permissions.mayEver(.publishCalendar, principal) else { return nil }
        let gaps = try await workingCalendar.gaps()
        guard !gaps.isEmpty else { return nil }
        return Table(
            id: "calendar-gaps", caption: Message("calendar.gaps"),
            columns: [
                Table.Column(Message("calendar.year")),
                Table.Column(Message("calendar.gap-clocks"), isFigure: true),
            ],
            rows: gaps.map { gap in
                [
                    Table.Cell(
                        .word(Message("calendar.gap-ahead", ["year": "\(gap.year)"])),
                        href: CalendarLinks.year(gap.year)), Table.Cell(.count(gap.clocks)),
                ]
            }, count: gaps.count, empty: EmptyState(Message("calendar.no-gap")))
    }
}

enum CalendarLinks {
    static let calendar = "/calendar"
    static let years = "/calendar/years"
    static let closures = "/calendar/closures"
    static let newYear = "/calendar/years/new"
    static let newClosure = "/calendar/closures/new"
    static func year(_ year: Int) -> String { "\(calendar)?year=\(year)" }
    static func publication(_ revision: Int) -> String { "\(calendar)/publications/\(revision)" }
    static func withdrawal(_ revision: Int) -> String { "\(publication(revision))/withdrawal" }
}
