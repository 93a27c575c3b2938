import Foundation
import Kernel
import Persistence
import Policy

/// Lists as they were brought, and what came of them.
struct ApplicationListStore: Sendable {
    func insert(_ list: ApplicationList, _ sheet: BroughtSheet, in connection: any Connection) throws {
        let rows = sheet.rows.map { row -> JSON in
            ["line": .integer(row.line), "cells": .array(row.cells.map { .string($0) })]
        }
        let text: JSON = [
            "header": .array(sheet.header.map { .string($0) }), "rows": .array(rows),
        ]
        try connection.execute(
            """
            INSERT INTO application_list (id, file_name, party, brought_by, brought_at, state, sheet,
                contents, refused, applications)
            VALUES (\(list.id), \(list.fileName), \(list.party), \(list.broughtBy), \(list.broughtAt),
                \(list.state.rawValue), \(text), '[]', '[]', '[]')
            """)
    }

    /// Ends an open one.
    ///
    /// - Returns: false when somebody else did before.
    func end(_ list: ApplicationList, in connection: any Connection) throws -> Bool {
        let contents = JSON.array(list.contents.map(\.json))
        let applications = JSON.array(list.applications.map { .string($0.text) })
        return try connection.execute(
            """
            UPDATE application_list SET state = \(list.state.rawValue), sheet = NULL, contents = \(contents),
                refused = \(try Self.text(list.refused)), applications = \(applications)
            WHERE id = \(list.id) AND state = 'open'
            """) == 1
    }

    /// With its sheet while it is open.
    func load(
        _ id: ApplicationListID, in connection: any Connection
    ) throws -> (list: ApplicationList, sheet: BroughtSheet?)? {
        guard let row = try connection.row("SELECT * FROM application_list WHERE id = \(id)") else {
            return nil
        }
        let sheet = try row.optional("sheet", as: String.self).map { Self.sheet(try JSON.parse($0)) }
        return (try Self.list(row), sheet)
    }

    /// Newest first.
    func latest(
        of party: PartyID, linesMax: Int, in connection: any Connection
    ) throws -> [ApplicationList] {
        try connection.rows(
            "SELECT * FROM application_list WHERE party = \(party) ORDER BY id DESC LIMIT \(linesMax)"
        ).map(Self.list)
    }

    private static func sheet(_ json: JSON) -> BroughtSheet {
        BroughtSheet(
            header: (json["header"]?.array ?? []).compactMap(\.string),
            rows: (json["rows"]?.array ?? []).compactMap { row in
                row["line"]?.integer.map {
                    BroughtSheet.Row(line: $0, cells: (row["cells"]?.array ?? []).compactMap(\.string))
                }
            })
    }

    private static func list(_ row: Row) throws -> ApplicationList {
        let state: String = try row.value("state")
        guard let known = ApplicationList.State(rawValue: state) else {
            throw DatabaseError.unexpected(column: "state", found: row["state"])
        }
        func array(_ column: String) throws -> [JSON] {
            try JSON.parse(row.value(column, as: String.self)).array ?? []
        }
        return ApplicationList(
            id: try row.value("id"), fileName: try row.value("file_name"), party: try row.value("party"),
            broughtBy: try row.value("brought_by"), broughtAt: try row.value("brought_at"), state: known,
            contents: try array("contents").map { try ApplicationContent(json: $0) },
            refused: try JSONDecoder().decode(
                [ApplicationList.Refused].self, from: Data(row.value("refused", as: String.self).utf8)),
            applications: try array("applications").compactMap { $0.string.flatMap { CaseID($0) } })
    }

    private static func text(_ refused: [ApplicationList.Refused]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(refused), as: UTF8.self)
    }
}
