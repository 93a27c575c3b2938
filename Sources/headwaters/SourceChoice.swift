import ArgumentParser
import Catalogue
import Dispatch
import Foundation
import Hooking
import Identity
import Kernel
import Lake
import Policy
import Server

/// A source on the command line, and how to read it where detection is wrong.
struct SourceChoice: ParsableArguments {
    @Argument(
        help: """
            A text table (CSV and its kin, also in gzip or ZIP), JSON or NDJSON, an Excel workbook (xlsx), a shapefile \
            (its .shp, or all of it in a ZIP), a Parquet or SQLite file, or a table of a database: \
            postgres://user@host:port/database/schema.table, mysql://user@host:port/database/table, \
            odbc://user@source/schema.table (user and schema may be left out).
            """) var source: String
    @Option(help: "Id of the entry.") var entry: String
    @Option(help: "UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5 or Latin-1.") var encoding: String?
    @Option(help: "Delimiter: , ; | or tab.") var delimiter: String?
    @Option(help: "Line of the header, from 1; 0: there is none.") var headerLine: Int64?
    @Option(help: "Path to the list of records in a JSON text, such as data.items.") var records: String?
    @Option(help: "Sheet of a workbook. Standard: the first that is not hidden.") var sheet: String?
    @Option(help: "Table or view of a SQLite file. Standard: the first.") var table: String?
    @Option(help: "Rows of totals: left-out or kept. Standard: left-out.") var totals: String?
    @OptionGroup var secret: SourcePassword
    @OptionGroup var declaration: Declaration

    func password() throws -> String? { try secret.read() }

    func probe(_ node: Node, _ principal: Principal) async throws -> (Source, Probe) {
        var overrides = ReadingOverrides()
        overrides.encoding = try encoding.map { try requireWord($0, TextEncoding.self) }
        overrides.delimiter = try delimiter.map { try requireWord($0 == "tab" ? "\t" : $0, Delimiter.self) }
        overrides.sheet = sheet ?? table
        overrides.records = records
        overrides.totals = try totals.map { try requireWord($0, TotalsRows.self) }
        overrides.header = headerLine.map { $0 == 0 ? .none : .line($0) }
        let found = try await located(node, principal)
        return (
            found,
            try await node.hooking.probe(
                found, overrides: overrides, password: try password(), for: try requireID(entry),
                by: principal)
        )
    }

    private func located(_ node: Node, _ principal: Principal) async throws -> Source {
        if source.contains("://") {
            guard let place = try DatabasePlace(source, needsTable: true) else {
                throw Problem(.invalid, Message("command.source-unreadable", ["text": source]))
            }
            return place.source
        }
        let absolute = URL(filePath: source).standardizedFileURL.path
        if node.hooking.mayRead(absolute) {
            return Source(file: absolute)
        }
        try declaration.require()
        let upload = try await node.hooking.upload(
            absolute, named: URL(filePath: absolute).lastPathComponent, .copying,
            for: try requireID(entry), by: principal)
        return node.hooking.source(of: upload)
    }
}
