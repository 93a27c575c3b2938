import HTTPTypes
import Hummingbird
import Kernel
import Policy
import Web

/// Watched folders for programs: read, set, remove.
extension HookingSite {
    func watchAPI(_ routes: inout Routes) {
        let path = "/api/v1/hooks/:id/watch"
        routes.get(path, .action(.hookSource), describing: .readWatch) { visit in
            try await watch(of: visit.id(), visit)
        }
        routes.put(path, .action(.hookSource), describing: .setWatch) { visit in
            let body = try FeedBody(visit.json, knows: ["pattern", "manner", "revision", "unclassified"])
            let id: HookID = try visit.id()
            let (pattern, manner) = (
                try body.text("pattern"), try body.word("manner", or: Filing.Manner.replace)
            )
            try body.requireDeclaration()
            try await hooking.setWatch(
                pattern, manner, of: id, seen: try body.revision(), by: visit.principal)
            return try await watch(of: id, visit)
        }
        routes.delete(path, .action(.hookSource), describing: .removeWatch) { visit in
            try await hooking.removeWatch(of: visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
    }

    private func watch(of id: HookID, _ visit: Visit) async throws -> Response {
        try await requireKeeper(of: id, visit)
        guard let watch = try await hooking.watch(of: id, for: visit.principal) else {
            throw HookingError.noWatch
        }
        let folders = try await hooking.inboxPlaces(of: id, for: visit.principal)
        return visit.json([
            "hook": .string(id.text), "pattern": .string(watch.pattern.text),
            "manner": .string(watch.manner.rawValue), "folders": .array(folders.map { .string($0) }),
            "problem": watch.problem.map { .string($0.key) } ?? .null,
            "revision": .integer(Int64(watch.revision)),
        ])
    }
}

extension JSONShape {
    fileprivate static let watch = JSONShape.named(
        "FolderWatch",
        .object([
            .needed("hook", .id), .needed("pattern", .text, Message("hooking.api.pattern")),
            .needed("manner", .word(Filing.Manner.self)),
            .needed("folders", .array(.text), Message("hooking.watch-places")),
            .needed("problem", .nullable(.text)), .needed("revision", .integer),
        ]))
}

extension Operation {
    private static let told = [Answer(200, Message("hooking.api.watch"), .json(.watch))]

    fileprivate static let readWatch = Operation(
        "hooks", Message("hooking.api.read-watch"), answers: told)

    fileprivate static let setWatch = Operation(
        "hooks", Message("hooking.api.set-watch"), about: Message("hooking.api.set-watch-about"),
        takes: .object([
            .needed("pattern", .text, Message("hooking.api.pattern")),
            .optional("manner", .word(Filing.Manner.self)),
            .needed("unclassified", .boolean, Message("hooking.api.unclassified")),
            .optional("revision", .integer, Message("hooking.api.revision")),
        ]),
        sample: ["pattern": "list-*.csv", "manner": "replace", "unclassified": true], answers: told,
        problems: [.conflict])

    fileprivate static let removeWatch = Operation(
        "hooks", Message("hooking.api.remove-watch"),
        answers: [Answer(204, Message("hooking.api.removed"), .none)])
}
