import HTTPTypes
import Hummingbird
import Kernel
import Policy
import Web

/// Schedules for programs: read, set, pause, resume, remove. A state that is asked for twice is the same state.
extension HookingSite {
    func scheduleAPI(_ routes: inout Routes) {
        let path = "/api/v1/hooks/:id/schedule"
        routes.get(path, .action(.hookSource), describing: .readSchedule) { visit in
            try await schedule(of: visit.id(), visit)
        }
        routes.put(path, .action(.hookSource), describing: .setSchedule) { visit in
            let body = try FeedBody(
                visit.json,
                knows: [
                    "days", "time", "weekday", "workingDay", "retriesMax", "alertAfterFailures",
                    "lateAfterMinutes", "revision",
                ])
            let id: HookID = try visit.id()
            try await hooking.setSchedule(
                try Schedule.Terms(body), of: id, seen: try body.revision(), by: visit.principal)
            return try await schedule(of: id, visit)
        }
        for (word, state) in [("pause", Schedule.State.paused), ("resumption", .active)] {
            routes.post(
                "\(path)/\(word)", .action(.hookSource), body: .json(),
                describing: state == .paused ? Operation.pauseSchedule : .resumeSchedule
            ) { visit in
                let id: HookID = try visit.id()
                try await hooking.setScheduleState(state, of: id, by: visit.principal)
                return try await schedule(of: id, visit)
            }
        }
        routes.delete(path, .action(.hookSource), describing: .removeSchedule) { visit in
            try await hooking.removeSchedule(of: visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
    }

    private func schedule(of id: HookID, _ visit: Visit) async throws -> Response {
        try await requireKeeper(of: id, visit)
        guard let schedule = try await hooking.schedule(of: id, for: visit.principal) else {
            throw HookingError.noSchedule
        }
        return visit.json(schedule.apiJSON(at: visit.now))
    }
}

extension Schedule.Terms {
    fileprivate init(_ body: FeedBody) throws(HookingError) {
        guard let minute = Timing.minute(try body.text("time")) else {
            throw FeedBody.fault("time", Message("timing.time-hint"))
        }
        let days: Timing.Days = try body.word("days")
        self.init(
            timing: Timing(
                days, minute: minute, weekday: try body.number("weekday", or: 1),
                workingDay: try body.number("workingDay", or: 1)))
        retriesMax = try body.number("retriesMax", or: retriesMax)
        alertAfterFailures = try body.number("alertAfterFailures", or: alertAfterFailures)
        lateAfterMinutes = try body.number("lateAfterMinutes", or: lateAfterMinutes)
    }
}

extension Schedule {
    fileprivate func apiJSON(at now: Instant) -> JSON {
        func moment(_ instant: Instant?) -> JSON { instant.map { .string($0.description) } ?? .null }
        return [
            "hook": .string(hook.text), "state": .string(state.rawValue),
            "days": .string(terms.timing.days.rawValue), "time": .string(terms.timing.time),
            "weekday": .integer(Int64(terms.timing.weekday)),
            "workingDay": .integer(Int64(terms.timing.workingDay)),
            "retriesMax": .integer(Int64(terms.retriesMax)),
            "alertAfterFailures": .integer(Int64(terms.alertAfterFailures)),
            "lateAfterMinutes": .integer(Int64(terms.lateAfterMinutes)),
            "nextAt": moment(state == .active ? nextAt : nil), "lastDueAt": moment(dueAt),
            "succeededAt": moment(succeededAt), "failures": .integer(Int64(failures)),
            "retryAt": moment(retryAt), "isLate": .boolean(isLate(at: now)),
            "attempt": attempt.map { .string($0.text) } ?? .null,
            "problem": problem.map { .string($0.key) } ?? .null, "revision": .integer(Int64(revision)),
        ]
    }
}

extension JSONShape {
    fileprivate static let schedule = JSONShape.named(
        "Schedule",
        .object([
            .needed("hook", .id), .needed("state", .word(Schedule.State.self)),
            .needed("days", .word(Timing.Days.self)), .needed("time", .text, Message("hooking.api.time")),
            .needed("weekday", .integer, Message("hooking.api.weekday")),
            .needed("workingDay", .integer, Message("hooking.api.working-day")),
            .needed("retriesMax", .integer), .needed("alertAfterFailures", .integer),
            .needed("lateAfterMinutes", .integer), .needed("nextAt", .nullable(.moment)),
            .needed("lastDueAt", .nullable(.moment)), .needed("succeededAt", .nullable(.moment)),
            .needed("failures", .integer), .needed("retryAt", .nullable(.moment)),
            .needed("isLate", .boolean), .needed("attempt", .nullable(.id)),
            .needed("problem", .nullable(.text)), .needed("revision", .integer),
        ]))

    fileprivate static let scheduleTerms = JSONShape.object([
        .needed("days", .word(Timing.Days.self)), .needed("time", .text, Message("hooking.api.time")),
        .optional("weekday", .integer, Message("hooking.api.weekday")),
        .optional("workingDay", .integer, Message("hooking.api.working-day")),
        .optional("retriesMax", .integer), .optional("alertAfterFailures", .integer),
        .optional("lateAfterMinutes", .integer),
        .optional("revision", .integer, Message("hooking.api.revision")),
    ])
}

extension Operation {
    private static let told = [Answer(200, Message("hooking.api.schedule"), .json(.schedule))]

    fileprivate static let readSchedule = Operation(
        "hooks", Message("hooking.api.read-schedule"), answers: told)

    fileprivate static let setSchedule = Operation(
        "hooks", Message("hooking.api.set-schedule"), about: Message("hooking.api.set-schedule-about"),
        takes: .scheduleTerms, sample: ["days": "working-days", "time": "02:30"], answers: told,
        problems: [.conflict])

    fileprivate static let pauseSchedule = Operation(
        "hooks", Message("hooking.api.pause-schedule"), takes: .object([]), sample: [:], answers: told)

    fileprivate static let resumeSchedule = Operation(
        "hooks", Message("hooking.api.resume-schedule"), takes: .object([]), sample: [:], answers: told)

    fileprivate static let removeSchedule = Operation(
        "hooks", Message("hooking.api.remove-schedule"),
        answers: [Answer(204, Message("hooking.api.removed"), .none)])
}
