import Foundation
import Kernel
import Lake
import Policy
import Web

/// Takes the rows of a list as they come and writes the workbook that goes back: its owner's columns as they stood, then for each
/// grant how the key was answered, the granted columns, and what day the data are of.
///
/// Nothing of a row is held longer than its batch.
actor NameListWriter {
    private struct Part {
        let ready: NameListDesk.ReadyPart
        /// Positions of the outputs that are written: the key stands in the list already.
        let shown: [Int]
        let firstColumn: Int
    }

    private enum Answer {
        case matched([Value])
        case ambiguous(Int)
        case unmatched
    }

    private let work: NameListDesk.Work
    private let rows: NameListRows
    private let parts: [Part]
    private let width: Int
    private let text: @Sendable (Message) -> String
    private let workbook: ReturnedWorkbook
    private var seen: Set<String> = []
    private var lastRow = -1
    private(set) var rowsWritten: Int64 = 0
    private(set) var figures: [NameListPart.Figures]
    var keysAsked: Int64 { Int64(seen.count) }

    init(
        _ work: NameListDesk.Work, draft: String, folder: String,
        text: @escaping @Sendable (Message) -> String
    ) throws {
        self.work = work
        self.text = text
        rows = NameListRows(work.list, work.choice)
        width = work.list.reading.columns.count
        var next = width
        var parts: [Part] = []
        for ready in work.ready {
            let outputs = ready.plan.outputs
            let shown = outputs.indices.filter { outputs[$0].source.name != ready.part.keyColumn }
            parts.append(Part(ready: ready, shown: shown, firstColumn: next))
            next += shown.count + 2
        }
        self.parts = parts
        figures = parts.map { _ in NameListPart.Figures() }
        let begun = try ReturnedWorkbook(
            draft: draft, temporaryFolder: folder,
            footLine: (work.mark.map { "\($0) · " } ?? "")
                + "\(work.list.file.name) · \(work.list.id) · \(Written.moment(work.authorisedAt, in: work.choice.language))"
        )
        let header = work.list.reading.sheet?.header ?? work.list.reading.dialect?.header
        var headerRows = 0
        if case .line(let line) = header { headerRows = work.list.reading.sheet != nil ? Int(line) : 0 }
        try begun.begin(
            sheet: work.mark ?? text(Message("name-list.sheet")),
            widths: [Double](repeating: 18, count: next),
            frozen: (headerRows, 0))
        workbook = begun
    }

    func take(_ batch: [ListRow]) throws {
        for row in batch { try take(row) }
    }

    private func take(_ row: ListRow) throws {
        // A sheet's rows keep their places; a text's lines follow each other.
        let at = rows.isSheet ? Int(row.line) - 1 : lastRow + 1
        lastRow = at
        let look: ReturnedWorkbook.Look =
            switch row.kind {
            case .title: .title
            case .header: .head
            case .row: .plain
            }
        for (column, cell) in row.cells.enumerated() {
            try workbook.put(cell, row: at, column: column, look)
        }
        switch row.kind {
        case .title: return
        case .header: try writeHeader(at)
        case .row:
            try answer(row, at)
            rowsWritten += 1
        }
    }

    private func writeHeader(_ row: Int) throws {
        for part in parts {
            let outputs = part.ready.plan.outputs
            let names =
                [text(Message("name-list.column-state"))] + part.shown.map { outputs[$0].column.name }
                + [text(Message("name-list.column-as-of"))]
            for (offset, name) in names.enumerated() {
                try workbook.put(
                    "\(part.ready.entry)·\(name)", row: row, column: part.firstColumn + offset, .addedHead)
            }
        }
    }

    private func answer(_ row: ListRow, _ at: Int) throws {
        let key: String
        switch rows.key(of: row) {
        case .asked(let text): key = text
        case .blank: return try write("name-list.state-blank", .unasked, at)
        case .invalid: return try write("name-list.state-invalid", .unasked, at)
        case .unreadable: return try write("name-list.state-invalid", .unasked, at)
        }
        let isFirst = seen.insert(key).inserted
        for (position, part) in parts.enumerated() {
            let answer = try find(key, part)
            if isFirst { count(answer, &figures[position]) }
            try write(answer, part, at)
        }
    }

    private func write(_ word: String, _ look: ReturnedWorkbook.Look, _ row: Int) throws {
        for part in parts {
            try workbook.put(text(Message(word)), row: row, column: part.firstColumn, look)
        }
    }

    /// What the grant keeps back is answered like what is not there.
    private func find(_ key: String, _ part: Part) throws -> Answer {
        let found = try part.ready.rows(key)
        var first: [Value]?
        var count = 0
        for row in found {
            guard let values = part.ready.program.output(of: row) else { continue }
            if first == nil { first = values }
            count += 1
        }
        guard let first else { return .unmatched }
        return count == 1 ? .matched(first) : .ambiguous(count)
    }

    private func count(_ answer: Answer, _ figures: inout NameListPart.Figures) {
        switch answer {
        case .matched: figures.matched += 1
        case .ambiguous: figures.ambiguous += 1
        case .unmatched: figures.unmatched += 1
        }
    }

    /// Of several rows none is taken: which of them is meant is for a person to say.
    private func write(_ answer: Answer, _ part: Part, _ row: Int) throws {
        let column = part.firstColumn
        switch answer {
        case .unmatched:
            try workbook.put(
                text(Message("name-list.state-unmatched")), row: row, column: column, .unmatched)
        case .ambiguous(let count):
            let isMany = count > NameListLimits.rowsToldMax
            let word = isMany ? "name-list.state-ambiguous-many" : "name-list.state-ambiguous"
            let told = min(count, NameListLimits.rowsToldMax)
            try workbook.put(
                text(Message(word, ["count": String(told)])), row: row, column: column, .ambiguous)
        case .matched(let values):
            try workbook.put(text(Message("name-list.state-matched")), row: row, column: column, .matched)
            for (offset, position) in part.shown.enumerated() {
                try workbook.put(values[position], row: row, column: column + 1 + offset)
            }
        }
        try workbook.put(
            .date(part.ready.part.asOf.date()), row: row, column: column + 1 + part.shown.count)
    }

    /// Adds the sheet that says what was done, and makes the workbook whole.
    func finish(to path: String) throws -> NameList.ResultFigures {
        try workbook.begin(
            sheet: text(Message("name-list.about-sheet")), widths: [26, 60], frozen: (0, 0))
        var row = 0
        for (term, value) in facts {
            try workbook.put(text(Message(term)), row: row, column: 0, .title)
            try workbook.put(value, row: row, column: 1)
            row += 1
        }
        for (part, figures) in zip(parts, figures) {
            row += 1
            try workbook.put(part.ready.entry, row: row, column: 0, .head)
            try workbook.put(part.ready.provider, row: row, column: 1, .head)
            row += 1
            for (term, value) in facts(of: part, figures) {
                try workbook.put(text(Message(term)), row: row, column: 0)
                try workbook.put(value, row: row, column: 1)
                row += 1
            }
        }
        let (bytes, sha256) = try workbook.finish(to: path)
        return NameList.ResultFigures(bytes: bytes, sha256: sha256)
    }

    private var facts: [(String, String)] {
        let findings = work.list.findings
        return [
            work.mark.map { ("joint-test.joint-test", $0) } ?? ("name-list.fact-release", work.list.id.text),
            ("name-list.fact-at", Written.moment(work.authorisedAt, in: work.choice.language)),
            ("name-list.fact-file", work.list.file.name),
            ("name-list.fact-key", work.choice.key),
            ("name-list.fact-case", work.choice.caseNumber ?? "—"),
            ("name-list.fact-rows", String(rowsWritten)),
            ("name-list.fact-keys", String(keysAsked)),
            ("name-list.fact-repeated", String(findings?.repeated ?? 0)),
            ("name-list.fact-unasked", String((findings?.blank ?? 0) + (findings?.invalid ?? 0))),
            (
                "name-list.fact-receipt",
                text(Message(work.mark == nil ? "name-list.receipt-how" : "joint-test.no-receipt"))
            ),
        ]
    }

    private func facts(of part: Part, _ figures: NameListPart.Figures) -> [(String, String)] {
        let (ready, grant) = (part.ready.part, part.ready.grant)
        let masks = part.ready.plan.outputs.filter { $0.source.name != ready.keyColumn }
        return [
            ("name-list.fact-grant", "\(grant.id) · \(grant.revision)"),
            ("name-list.fact-purpose", grant.purpose),
            ("name-list.fact-version", String(ready.versionNumber)),
            ("name-list.column-as-of", ready.asOf.date().description),
            ("name-list.fact-key-column", ready.keyColumn),
            ("name-list.fact-asked", String(ready.keysAsked)),
            ("name-list.state-matched", String(figures.matched)),
            ("name-list.fact-ambiguous", String(figures.ambiguous)),
            ("name-list.fact-unmatched", String(figures.unmatched)),
            (
                "name-list.fact-columns",
                masks.map { "\($0.column.name)（\(text($0.mask.treatment))）" }.joined(separator: "；")
            ),
        ]
    }
}
