import HTTPTypes
import Identity
import Kernel
import Policy
import Web

extension HookingSite {
    func watchRoutes(_ routes: inout Routes) {
        routes.get("/hooks/:id/watch", .action(.hookSource)) { visit in
            let (place, content) = try await watchPlace(visit)
            return try visit.page(WatchPage(place, content))
        }
        routes.post("/hooks/:id/watch", .action(.hookSource)) { visit in
            let (place, found) = try await watchPlace(visit)
            var content = found
            content.pattern = visit.form["pattern"]
            content.manner = visit.form["manner"]
            content.revision = visit.form.integer("revision")
            do {
                guard let manner = Filing.Manner(rawValue: content.manner) else {
                    throw HookingError.invalid([
                        Problem.Place("manner", Message("hooking.answer-unreadable"))
                    ])
                }
                try FeedBody.requireDeclaration(visit.form)
                try await hooking.setWatch(
                    content.pattern, manner, of: content.hook.id, seen: content.revision ?? 0,
                    by: visit.principal)
                return visit.redirect(
                    to: WatchLinks(content.hook.id).watch,
                    saying: Notice(.done, Message("hooking.watch-done")))
            } catch let error as HookingError where error.problem.kind == .invalid {
                return try visit.page(
                    WatchPage(place, content, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
        }
        routes.post("/hooks/:id/watch/removal", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.removeWatch(of: id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.watch-removed")))
        }
    }

    private func watchPlace(_ visit: Visit) async throws -> (HookingPlace, WatchPage.Content) {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let watch = try await hooking.watch(of: hook.id, for: visit.principal)
        let duty = try await hooking.duty(of: hook.id, for: visit.principal)
        let manner = watch?.manner ?? duty?.terms.manner ?? .replace
        return (
            try await place(hook.entry, hook.id, visit),
            WatchPage.Content(
                hook: hook, watch: watch,
                places: try await hooking.inboxPlaces(of: hook.id, for: visit.principal),
                arrived: try await hooking.filings(of: hook.id, for: visit.principal)
                    .filter { $0.channel == .inbox }, pattern: watch?.pattern.text ?? "",
                manner: manner.rawValue)
        )
    }
}
