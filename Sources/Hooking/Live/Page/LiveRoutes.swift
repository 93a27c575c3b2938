import Catalogue
import Hummingbird
import Kernel
import Lake
import Policy
import Web

extension HookingSite {
    func liveRoutes(_ routes: inout Routes) {
        routes.post("/catalogue/:id/hook/live", .action(.hookSource)) { visit in
            let (entry, _, place) = try await place(visit)
            let errors = LiveDraft(visit.form).faults(hosts: hooking.parts.live.hosts)
            guard errors.isEmpty else { return try await sourcePage(visit, entry, place, errors) }
            return try await look(visit)
        }
        routes.post("/hooks/:id/calls", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.resetBreaker(of: id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.live.reset-done")))
        }
    }

    /// The service of the form. The secret is what was typed, or sealed a step before; or what is kept for the same place.
    func liveChosen(_ visit: Visit, _ entry: EntryID, _ hook: Hook?, _ carried: [Table.Pair]) async throws
        -> Chosen
    {
        let draft = LiveDraft(visit.form)
        guard draft.faults(hosts: hooking.parts.live.hosts).isEmpty else {
            throw Problem(.invalid, Message("hooking.live.incomplete"))
        }
        let secret = try secret(visit, for: entry.text)
        var used = secret.password
        if used == nil, let hook, let before = hook.source.live,
            before.address?.place == draft.source.address?.place, before.credential == draft.source.credential
        {
            used = try await hooking.parts.secrets.password(of: hook.id)
        }
        return Chosen(
            source: .live(draft.source), password: used, newPassword: secret.password,
            carried: carried + draft.carried + [Table.Pair("sealed", secret.sealed)], isNew: true,
            sample: LiveSample(column: "", key: draft.sample))
    }

    func probe(
        _ chosen: Chosen, _ overrides: ReadingOverrides, for entry: EntryID, _ visit: Visit
    ) async throws -> Probe {
        if let live = chosen.source.live, let sample = chosen.sample {
            return try await hooking.probe(
                live: live, sample: sample, secret: chosen.password, for: entry, by: visit.principal)
        }
        return try await hooking.probe(
            chosen.source, overrides: overrides, password: chosen.password, for: entry, by: visit.principal)
    }
}
