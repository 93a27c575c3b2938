import Kernel
package import Lake
package import Web

extension Visit {
    /// For a workbook made of a page of rows: who had it made, on paper and on a sheet of its own.
    package func note(isPersonal: Bool) async throws -> TableWorkbook.Note? {
        try await footLine(isPersonal: isPersonal).map {
            TableWorkbook.Note(sheet: text(Message("web.mark-sheet")), line: $0)
        }
    }
}
