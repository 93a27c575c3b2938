import Foundation
package import Identity
package import Kernel

/// What can be seen of a file on a page, before anybody opens it in a program.
package enum FilePreview: Sendable, Hashable {
    case picture
    /// The browser shows it in a window of its own.
    case pages
    /// Paragraphs of a document, or lines of a text.
    case text([String], isWhole: Bool)
    /// The first sheet; its header is the first row.
    case cells([[String]], isWhole: Bool)
    /// No program here reads it, or not this one.
    case none

    /// Whatever is longer is cut, and said to be.
    package enum Limits {
        package static let linesMax = 300
        package static let lineCharactersMax = 2_000
        package static let rowsMax = 100
        package static let columnsMax = 40
        package static let cellCharactersMax = 200
    }

    /// The rows of the first sheet of the workbook at a path, header first, and one more than so many where there are more.
    package typealias SheetReader = @Sendable (_ path: String, _ rowsMax: Int) async throws -> [[String]]

    init(lines: some Sequence<some StringProtocol>) {
        let shown = Array(lines.prefix(Limits.linesMax + 1))
        let isLong = shown.contains { $0.count > Limits.lineCharactersMax }
        let cut = shown.prefix(Limits.linesMax).map { line in
            line.count > Limits.lineCharactersMax
                ? String(line.prefix(Limits.lineCharactersMax)) + "…" : String(line)
        }
        self = .text(Array(cut), isWhole: !isLong && shown.count <= Limits.linesMax)
    }

    init(rows: [[String]]) {
        let isWide = rows.contains { row in
            row.count > Limits.columnsMax || row.contains { $0.count > Limits.cellCharactersMax }
        }
        let cut = rows.prefix(Limits.rowsMax + 1).map { row in
            row.prefix(Limits.columnsMax).map { cell in
                cell.count > Limits.cellCharactersMax
                    ? String(cell.prefix(Limits.cellCharactersMax)) + "…" : cell
            }
        }
        self = .cells(Array(cut), isWhole: !isWide && rows.count <= Limits.rowsMax + 1)
    }
}

extension Letters {
    /// What can be seen of a file, for whoever may know of its letter. A workbook is read as sources are: by a worker, with their bounds.
    ///
    /// - Throws: `LetterError.fileNotFound`, also when its bytes are no longer what they were; `.notFound`.
    package func preview(
        _ id: LetterFileID, of letter: LetterID, for principal: Principal,
        sheet: FilePreview.SheetReader
    ) async throws -> (file: LetterFile, preview: FilePreview) {
        let (file, content) = try await file(id, of: letter, for: principal)
        return (file, await preview(of: file, content, sheet))
    }

    private func preview(
        of file: LetterFile, _ content: [UInt8], _ sheet: FilePreview.SheetReader
    ) async -> FilePreview {
        switch file.format {
        case .jpeg, .png: return .picture
        case .pdf: return .pages
        case .text:
            let text = String(decoding: content, as: UTF8.self)
            return FilePreview(
                lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
        case .docx:
            guard let document = try? WordDocument(content, isHandedOn: true),
                let paragraphs = try? document.paragraphs()
            else { return .none }
            return FilePreview(lines: paragraphs)
        case .xlsx:
            // Encrypted, damaged or beyond the bounds of sources: it can still be taken as a file.
            guard let rows = try? await sheet(path(of: file), FilePreview.Limits.rowsMax) else {
                return .none
            }
            return FilePreview(rows: rows)
        case .ofd: return .none
        }
    }
}
