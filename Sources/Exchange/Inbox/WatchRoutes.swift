import Casework
import Hummingbird
import Identity
import Kernel
import Web

/// 关注 on the page of a case of any kind, and for programs.
extension Exchange {
    /// `pages`: the path below which cases of the kind have theirs.
    func watchRoutes(_ routes: inout Routes, at pages: String, _ readers: RouteGuard) {
        routes.post("\(pages)/:id/watch", readers) { visit in
            let id: CaseID = try visit.id()
            let isOn = visit.form["on"] != "0"
            if isOn {
                try await watch(id, by: visit.principal)
            } else {
                try await unwatch(id, by: visit.principal)
            }
            return visit.redirect(
                to: "\(pages)/\(id)",
                saying: Notice(
                    .done, isOn ? Message("exchange.watched-done") : Message("exchange.unwatched-done")))
        }
        routes.post("\(pages)/:id/watch/reading", readers) { visit in
            try await markWatchSeen(visit.id(), by: visit.principal)
            return visit.redirect(to: Links.local(visit.form["return"]) ?? InboxLinks.inbox)
        }
    }

    /// `tag`: under which the description of the API has calls of the kind.
    func watchCalls(_ routes: inout Routes, at calls: String, tag: String, _ readers: RouteGuard) {
        routes.put("\(calls)/:id/watch", readers, body: .none, describing: .watch(tag)) { visit in
            try await watch(visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
        routes.delete("\(calls)/:id/watch", readers, describing: .unwatch(tag)) { visit in
            try await unwatch(visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
    }
}

extension RequestPage.Watch {
    /// The button on the page at `path`.
    init(isWatched: Bool, at path: String) {
        self.init(
            action: "\(path)/watch", on: isWatched ? "0" : "1",
            title: isWatched ? Message("exchange.unwatch") : Message("exchange.watch"))
    }
}

extension Operation {
    fileprivate static func watch(_ tag: String) -> Operation {
        Operation(
            tag, Message("exchange.api.watch"), answers: [Answer(204, Message("exchange.api.ok"), .none)],
            problems: [.conflict])
    }

    fileprivate static func unwatch(_ tag: String) -> Operation {
        Operation(
            tag, Message("exchange.api.unwatch"), answers: [Answer(204, Message("exchange.api.ok"), .none)])
    }
}
