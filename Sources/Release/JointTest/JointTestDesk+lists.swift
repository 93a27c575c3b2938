import Cryptography
import Foundation
package import Identity
package import Kernel
package import Lake
import Policy

/// Name lists that are tried out: the platform gives one whose keys find something, find nothing, repeat or are none; whoever tests
/// brings it or one of their own.
extension JointTestDesk {
    /// A workbook to begin with, gone with its folder.
    package struct TemplateList: Sendable {
        package let path: String
        package let name: String
        package let bytes: Int64
        package let folder: WorkFolder
    }

    private static let foundKeys = 6
    private static let withheldKeys = 3

    /// The first of the entry's key columns that lists may be matched by under the grant.
    private func keyColumn(_ work: Work, _ wished: String?, of grant: Grant) async throws -> String {
        let keys = try await parts.keyColumns(grant.entry).filter {
            NameListDesk.isKey($0, of: work.test.plan)
        }
        guard let column = wished.map({ wish in keys.first { $0 == wish } }) ?? keys.first else {
            throw NameListError.grantNotOffered(grant.id.text)
        }
        return column
    }

    /// Keys of the test, and what is to be expected of each.
    package func template(
        of id: JointTestID, in language: Language, by principal: Principal
    ) async throws -> TemplateList {
        let work = try await open(id, .nameList, principal)
        let grant = try await test(id, for: principal).grant
        let column = try await keyColumn(work, nil, of: grant)
        let making = try WorkFolder("\(parts.folder)/\(JointTestID.new(at: clock.now())).making")
        let text = parts.lists.parts.text
        let workbook = try ReturnedWorkbook(
            draft: "\(making.path)/draft.xlsx", temporaryFolder: making.path, footLine: JointTest.mark)
        try workbook.begin(sheet: JointTest.mark, widths: [18, 24, 40], frozen: (1, 0))
        let heads = [
            text(Message("joint-test.list-case"), language), column,
            text(Message("joint-test.list-expected"), language),
        ]
        for (position, head) in heads.enumerated() {
            try workbook.put(head, row: 0, column: position, .head)
        }
        for (position, line) in try expected(work, column).enumerated() {
            try workbook.put("LT-\(MadeIdentifiers.padded(position + 1, 4))", row: position + 1, column: 0)
            try workbook.put(line.key, row: position + 1, column: 1)
            try workbook.put(text(line.expected, language), row: position + 1, column: 2)
        }
        let (bytes, _) = try workbook.finish(to: "\(making.path)/list.xlsx")
        return TemplateList(
            path: "\(making.path)/list.xlsx",
            name: "\(JointTest.mark)-\(text(Message("joint-test.list"), language))-\(id.text.suffix(6)).xlsx",
            bytes: bytes, folder: making)
    }

    private func expected(_ work: Work, _ column: String) throws -> [(key: String, expected: Message)] {
        guard let at = work.made.schema.firstIndex(where: { $0.name == column }) else { return [] }
        let program = try program(work)
        var (found, withheld): ([String], [String]) = ([], [])
        for row in work.made.rows {
            guard case .text(let key) = row[at] else { continue }
            if program.output(of: row) != nil { found.append(key) } else { withheld.append(key) }
        }
        // Those between are left out: numbers that are counted up are refused.
        func some(_ keys: [String], _ count: Int) -> [String] {
            let step = max(1, keys.count / count)
            return stride(from: 0, to: keys.count, by: step).prefix(count).map { keys[$0] }
        }
        let (matched, kept) = (some(found, Self.foundKeys), some(withheld, Self.withheldKeys))
        var lines = matched.map { ($0, Message("joint-test.list-found")) }
        lines += kept.map { ($0, Message("joint-test.list-withheld")) }
        let kind = NameListKey.named(column) ?? NameListKey.guess(matched)
        let unknown: String =
            switch kind {
            case .citizenID: MadeIdentifiers.text(.citizenID, MadeRows.rowsMax + 7, division: parts.division)
            case .uscc: MadeIdentifiers.text(.uscc, MadeRows.rowsMax + 7, division: parts.division)
            case .other: "LT-UNKNOWN-1"
            }
        lines.append((unknown, Message("joint-test.list-unknown")))
        if let first = matched.first {
            lines.append((first, Message("joint-test.list-again")))
            lines.append((" \(first.lowercased()) ", Message("joint-test.list-spaced")))
            if kind != .other {
                lines.append((String(first.dropLast()), Message("joint-test.list-malformed")))
            }
        }
        if kind == .other {
            lines.append(
                (
                    String(repeating: "9", count: NameListKey.bytesMax + 1),
                    Message("joint-test.list-malformed")
                ))
        }
        lines.append(("", Message("joint-test.list-blank")))
        return lines
    }

    /// What would go back for a list, from the test's rows.
    package func match(
        _ id: JointTestID, _ list: TriedList, keyColumn wished: String? = nil, by principal: Principal
    ) async throws -> TriedAnswer {
        let work = try await open(id, .nameList, principal)
        let (test, grant) = try await test(id, for: principal)
        guard let recipient = grant.consumer ?? principal.party else {
            throw PolicyError.notPermitted(.runJointTest)
        }
        let column = try await keyColumn(work, wished, of: grant)
        let at = work.made.schema.firstIndex { $0.name == column }
        var rows: [String: [[Value]]] = [:]
        for row in work.made.rows {
            if let at, case .text(let key) = row[at] { rows[key, default: []].append(row) }
        }
        let known = rows
        let lists = parts.lists.parts
        let part = NameListPart(
            release: ReleaseID.new(at: test.madeAt), grant: grant.id, revision: grant.revision,
            entry: grant.entry, provider: grant.provider, keyColumn: column,
            version: VersionID.new(at: test.madeAt), versionNumber: 0, asOf: test.madeAt, keysAsked: 0,
            figures: nil)
        return try await parts.lists.tried(
            list,
            against: NameListDesk.ReadyPart(
                part: part, grant: grant, plan: work.test.plan, program: try program(work),
                rows: { known[$0] ?? [] }, entry: try await lists.entryTitle(grant.entry),
                provider: try await lists.partyName(grant.provider)), mark: JointTest.mark, recipient,
            by: principal)
    }
}
