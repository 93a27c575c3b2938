package import Exchange
import Foundation
import Hooking
import Kernel
package import Lake

extension Node {
    /// The header and the rows of a table that was sent, in a worker, with the bounds of every other source.
    package func sheet(at path: String, named name: String, rowsMax: Int) async throws -> BroughtSheet {
        let ending = name.lowercased().hasSuffix(".xlsx") ? ".xlsx" : ".csv"
        let copy = "\(hooking.uploadsFolder)/\(JobID.new())\(ending)"
        try FileManager.default.createDirectory(
            atPath: hooking.uploadsFolder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let confinement = SourceConfinement(folders: [hooking.uploadsFolder])
        let probe = try await engine.run(
            ProbeTask(source: Source(file: copy), confinement: confinement, limits: SourceLimits(settings)))
        let rows = SheetRows()
        _ = try await engine.read(
            ReadListTask(
                source: Source(file: copy), mapping: probe.mapping, watched: [], confinement: confinement,
                limits: SourceLimits(settings), rowsMax: Int64(rowsMax) + 1)
        ) { batch in await rows.take(batch) }
        return await rows.sheet
    }
}

extension Node {
    /// A workbook of one sheet whose rows are text below their titles; on the disk for as long as it is held.
    package func workbook(
        _ titles: [String], sheet: String, _ rows: [[String]]
    ) async throws -> MadeWorkbook {
        let workbook = try engine.workbook(titles, sheet: sheet)
        try await workbook.append(rows.map { row in row.map { .text($0) } })
        return try await workbook.finish()
    }
}

/// The rows of a sheet as they come in.
private actor SheetRows {
    private var header: [String] = []
    private var rows: [BroughtSheet.Row] = []

    var sheet: BroughtSheet { BroughtSheet(header: header, rows: rows) }

    func take(_ batch: [ListRow]) {
        for row in batch {
            switch row.kind {
            case .title: break
            case .header: header = row.cells
            case .row where row.cells.contains { !$0.allSatisfy(\.isWhitespace) }:
                rows.append(BroughtSheet.Row(line: row.line, cells: row.cells))
            case .row: break
            }
        }
    }
}
