package import Kernel
package import Web

/// One file of a letter: what can be seen of it without a program, and where to take it.
///
/// It may hold anything, so who looks is always written across it.
package struct FilePage: DataPage {
    package struct Text: Sendable { package let lines: [String] }
    package struct Cells: Sendable {
        package let heads: [String]
        package let rows: [Row]
    }
    package struct Row: Sendable { package let cells: [String] }
    package struct Picture: Sendable {
        package let href: String
        package let name: String
    }

    package static let template = "letters/file"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let picture: Picture?
    package let text: Text?
    package let cells: Cells?
    /// That it is shown elsewhere, cut, or not at all.
    package let note: Message?
    package let viewHref: String?
    package let downloadHref: String
    package let isPersonal: Bool

    init(_ file: LetterFile, of letter: Letter, _ preview: FilePreview, _ actors: Actors) {
        title = Message("letter.file-one", ["name": file.name])
        head = Head(
            .data(file.name), subtitle: .data(letter.title),
            crumbs: [
                Head.Crumb(.word(Message("letter.letters")), LetterLinks.letters),
                Head.Crumb(.data(letter.name), LetterLinks.letter(letter.id)),
            ],
            chips: [
                Chip(
                    Message("letter.kind.\(file.kind.rawValue)"), file.kind == .sealed ? .good : .neutral)
            ] + (file.isScanned ? [Chip(Message("letter.clean"), .good)] : []))
        facts = Facts([
            (Message("letter.size"), Table.Cell(.bytes(file.bytes))),
            (
                Message("letter.added"),
                Table.Cell(.moment(file.addedAt), note: actors["account:\(file.addedBy)"])
            ), (Message("letter.digest"), Table.Cell(.data(file.digest), isCode: true)),
        ])
        let path = LetterLinks.file(file)
        downloadHref = "\(path)/file"
        viewHref = file.format.isShownByBrowsers ? "\(path)/view" : nil
        picture = preview == .picture ? Picture(href: "\(path)/view", name: file.name) : nil
        switch preview {
        case .text(let lines, let isWhole):
            text = Text(lines: lines)
            cells = nil
            note =
                isWhole
                ? nil
                : Message("letter.preview-cut", ["linesMax": "\(FilePreview.Limits.linesMax)"])
        case .cells(let rows, let isWhole):
            text = nil
            cells = rows.first.map { Cells(heads: $0, rows: rows.dropFirst().map(Row.init)) }
            note =
                isWhole
                ? Message("letter.preview-sheet")
                : Message("letter.preview-sheet-cut", ["rowsMax": "\(FilePreview.Limits.rowsMax)"])
        case .picture, .pages, .none:
            text = nil
            cells = nil
            note = preview == .none ? Message("letter.preview-none") : nil
        }
        isPersonal = picture != nil || text != nil || cells != nil
    }

    package static let samples: [FilePage] = [
        FilePage(.sample, of: .sample, .picture, Actors()),
        FilePage(.sampleAttachment, of: .sample, .none, Actors()),
        FilePage(.sampleText, of: .sample, FilePreview(lines: ["附件：", "", "一、范围", "二、期限"]), Actors()),
        FilePage(.sampleText, of: .sample, FilePreview(lines: (1...400).map { "第\($0)行" }), Actors()),
        FilePage(
            .sampleAttachment, of: .sample,
            FilePreview(
                rows: [["统一社会信用代码", "名称", "登记日期"]]
                    + (1...3).map { ["9144160000000000\($0)X", "示例单位\($0)", "2026-03-0\($0)"] }), Actors()),
        FilePage(.sampleScan, of: .sampleIncoming, .pages, Actors()),
    ]
}
