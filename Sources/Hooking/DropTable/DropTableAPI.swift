import HTTPTypes
import Hummingbird
import Kernel
import Policy
import Web

/// Drop tables for programs: read, set, remove. The password goes in and never comes out.
extension HookingSite {
    func dropTableAPI(_ routes: inout Routes) {
        let path = "/api/v1/hooks/:id/drop-table"
        routes.get(path, .action(.hookSource), describing: .readDropTable) { visit in
            try await dropTable(of: visit.id(), visit)
        }
        routes.put(path, .action(.hookSource), describing: .setDropTable) { visit in
            let body = try FeedBody(
                visit.json,
                knows: [
                    "host", "port", "database", "user", "schema", "table", "password", "manner", "revision",
                    "unclassified",
                ])
            let id: HookID = try visit.id()
            let password = try body.text("password", or: "")
            let place = DropTable.Place(
                host: try body.text("host"), port: try body.number("port", or: 5_432),
                database: try body.text("database"), user: try body.text("user"),
                schema: try body.text("schema", or: "public"), table: try body.text("table"))
            try body.requireDeclaration()
            try await hooking.setDropTable(
                place, password: password.isEmpty ? nil : password, try body.word("manner", or: .replace),
                of: id,
                seen: try body.revision(), by: visit.principal)
            return try await dropTable(of: id, visit)
        }
        routes.delete(path, .action(.hookSource), describing: .removeDropTable) { visit in
            try await hooking.removeDropTable(of: visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
    }

    private func dropTable(of id: HookID, _ visit: Visit) async throws -> Response {
        try await requireKeeper(of: id, visit)
        guard let table = try await hooking.dropTable(of: id, for: visit.principal) else {
            throw DropFault.notThere
        }
        let place = table.place
        return visit.json([
            "hook": .string(id.text), "host": .string(place.host), "port": .integer(Int64(place.port)),
            "database": .string(place.database), "user": .string(place.user),
            "schema": .string(place.schema), "table": .string(place.table),
            "manner": .string(table.manner.rawValue),
            "problem": table.problem.map { .string($0.key) } ?? .null,
            "revision": .integer(Int64(table.revision)),
        ])
    }
}

extension JSONShape {
    fileprivate static let dropTable = JSONShape.named(
        "DropTable",
        .object([
            .needed("hook", .id), .needed("host", .text), .needed("port", .integer),
            .needed("database", .text), .needed("user", .text), .needed("schema", .text),
            .needed("table", .text), .needed("manner", .word(Filing.Manner.self)),
            .needed("problem", .nullable(.text)), .needed("revision", .integer),
        ]))
}

extension Operation {
    private static let told = [Answer(200, Message("hooking.api.drop-table"), .json(.dropTable))]

    fileprivate static let readDropTable = Operation(
        "hooks", Message("hooking.api.read-drop-table"), answers: told)

    fileprivate static let setDropTable = Operation(
        "hooks", Message("hooking.api.set-drop-table"), about: Message("hooking.api.set-drop-table-about"),
        takes: .object([
            .needed("host", .text), .optional("port", .integer), .needed("database", .text),
            .needed("user", .text), .optional("schema", .text), .needed("table", .text),
            .optional("password", .text, Message("hooking.api.drop-password")),
            .optional("manner", .word(Filing.Manner.self)),
            .needed("unclassified", .boolean, Message("hooking.api.unclassified")),
            .optional("revision", .integer, Message("hooking.api.revision")),
        ]),
        sample: [
            "host": "10.1.2.3", "port": 5432, "database": "front", "user": "headwaters", "table": "list",
            "password": "…", "unclassified": true,
        ], answers: told, problems: [.conflict, .refused, .unavailable])

    fileprivate static let removeDropTable = Operation(
        "hooks", Message("hooking.api.remove-drop-table"),
        answers: [Answer(204, Message("hooking.api.removed"), .none)])
}
