import Catalogue
import Hummingbird
import Identity
import Kernel
import Policy
import Web

extension HookingSite {
    private static let nextShown = 5

    func scheduleRoutes(_ routes: inout Routes) {
        routes.get("/hooks/:id/schedule", .action(.hookSource)) { visit in
            let (place, content) = try await schedulePlace(visit)
            return try visit.page(
                SchedulePage(
                    place, content, content.schedule.map { ScheduleAnswers($0.terms) } ?? ScheduleAnswers()))
        }
        routes.post("/hooks/:id/schedule", .action(.hookSource)) { visit in
            let (place, content) = try await schedulePlace(visit)
            let answers = ScheduleAnswers(visit.form)
            do {
                try await hooking.setSchedule(
                    try answers.terms(), of: content.hook.id, seen: answers.revision ?? 0,
                    by: visit.principal)
                return visit.redirect(
                    to: ScheduleLinks(content.hook.id).schedule,
                    saying: Notice(.done, Message("hooking.schedule-done")))
            } catch let error as HookingError where error.problem.kind == .invalid {
                return try visit.page(
                    SchedulePage(place, content, answers, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
        }
        routes.post("/hooks/:id/schedule/pause", .action(.hookSource)) { visit in
            try await set(.paused, visit)
        }
        routes.post("/hooks/:id/schedule/resumption", .action(.hookSource)) { visit in
            try await set(.active, visit)
        }
        routes.post("/hooks/:id/schedule/removal", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.removeSchedule(of: id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.schedule-removed")))
        }
    }

    private func set(_ state: Schedule.State, _ visit: Visit) async throws -> Response {
        let id: HookID = try visit.id()
        try await hooking.setScheduleState(state, of: id, by: visit.principal)
        return visit.redirect(
            to: ScheduleLinks(id).schedule,
            saying: Notice(.done, Message("hooking.schedule-\(state == .paused ? "paused" : "resumed")")))
    }

    private func schedulePlace(_ visit: Visit) async throws -> (HookingPlace, SchedulePage.Content) {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let schedule = try await hooking.schedule(of: hook.id, for: visit.principal)
        var holder: String?
        if let schedule { holder = try await accountName(schedule.account) }
        let next = schedule.map { schedule in
            schedule.state == .active
                ? schedule.terms.timing.next(
                    Self.nextShown, after: visit.now, by: hooking.parts.calendar) : []
        }
        return (
            try await place(hook.entry, hook.id, visit),
            SchedulePage.Content(
                hook: hook, schedule: schedule, next: next ?? [], holder: holder, now: visit.now)
        )
    }

    /// For the inbox: schedules that are late or keep failing; nil when none is.
    func alarms(for principal: Principal, at now: Instant) async throws -> Table? {
        let schedules = try await hooking.alarmingSchedules(for: principal)
        guard !schedules.isEmpty else { return nil }
        var rows: [[Table.Cell]] = []
        for schedule in schedules {
            let title = try await catalogue.entry(schedule.entry, for: principal).card.title
            rows.append([
                Table.Cell(.data(title), href: HookingLinks.hook(schedule.hook)),
                Table.Cell(.word(schedule.terms.timing.message)), Table.Cell(schedule.chips(at: now)),
                Table.Cell(schedule.succeededAt.map { .moment($0) } ?? .nothing),
            ])
        }
        return Table(
            id: "schedules", caption: Message("hooking.schedules-alarming"),
            columns: [
                .init(Message("hooking.entry")), .init(Message("hooking.schedule")),
                .init(Message("hooking.state")), .init(Message("hooking.last-success")),
            ], rows: rows, count: rows.count, empty: EmptyState(Message("hooking.no-runs")))
    }
}
