import Hummingbird
package import Kernel
import Policy
import Web

/// `/api/v1/application-lists`: what is to be asked for, as a sheet, for programs.
extension ApplicationListSite {
    func calls(_ routes: inout Routes) {
        let (path, readers) = ("/api/v1/application-lists", ExchangeSite.actsOfRequests)
        routes.post(
            path, .action(.requestShare),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .applicationList),
            describing: .bringApplicationList
        ) { visit in
            visit.json(try await brought(visit).json { visit.text($0) }, status: .created)
        }
        routes.get("\(path)/:id", .anyOf(readers), describing: .readApplicationList) { visit in
            visit.json(try await find(visit).json { visit.text($0) })
        }
        routes.post(
            "\(path)/:id/drafts", .action(.requestShare), body: .json(), describing: .draftApplicationList
        ) { visit in
            let members = visit.json.object ?? [:]
            if let unknown = members.keys.sorted().first(where: { $0 != "isCommitted" }) {
                throw ExchangeError.bodyMalformed(member: unknown)
            }
            let list = try await desk.draft(
                visit.id(), isCommitted: members["isCommitted"]?.boolean ?? false, by: visit.principal)
            return visit.json(list.json { visit.text($0) })
        }
    }
}

extension ApplicationList {
    /// With the words of `say` for what is wrong.
    package func json(say: (Message) -> String) -> JSON {
        let faults = refused.flatMap { row in
            row.faults.map { fault -> JSON in
                [
                    "line": .integer(row.line), "cell": .string(fault.cell),
                    "column": .string(fault.column.rawValue), "problem": .string(say(fault.message)),
                ]
            }
        }
        return [
            "id": .string(id.text), "file": .string(fileName), "state": .string(state.rawValue),
            "taken": .integer(Int64(taken)), "refused": .integer(Int64(refused.count)),
            "faults": .array(faults),
            "applications": .array(
                contents.enumerated().map { place, content in
                    [
                        "id": place < applications.count ? .string(applications[place].text) : .null,
                        "title": .string(content.common.businessItem),
                        "entries": .integer(Int64(content.parts.count)),
                    ]
                }),
        ]
    }
}

extension JSONShape {
    fileprivate static let applicationList = JSONShape.named(
        "ApplicationList",
        .object([
            .needed("id", .id), .needed("file", .text), .needed("state", .word(ApplicationList.State.self)),
            .needed("taken", .integer), .needed("refused", .integer),
            .needed(
                "faults",
                .array(
                    .object([
                        .needed("line", .integer), .needed("cell", .text), .needed("column", .text),
                        .needed("problem", .text),
                    ]))),
            .needed(
                "applications",
                .array(
                    .object([
                        .needed("id", .nullable(.id)), .needed("title", .text), .needed("entries", .integer),
                    ]))),
        ]))
}

extension Operation {
    fileprivate static let bringApplicationList = Operation(
        "requests", Message("application.api-list-bring"), about: Message("application.api-list-bring-about"),
        form: [
            Operation.FormPart(
                "file", "@applications.xlsx", Message("application.list-file"), isFile: true)
        ],
        answers: [Answer(201, Message("exchange.api.ok"), .json(.applicationList))], problems: [.refused])

    fileprivate static let readApplicationList = Operation(
        "requests", Message("application.api-list-read"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.applicationList))])

    fileprivate static let draftApplicationList = Operation(
        "requests", Message("application.api-list-draft"), about: Message("application.api-list-draft-about"),
        takes: .object([.needed("isCommitted", .boolean)]), sample: ["isCommitted": true],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.applicationList))],
        problems: [.conflict, .refused])
}
