import Evidence
import Foundation
import Identity
package import Kernel
package import Lake
import Policy

/// What somebody says of a list that they try out; what is not said is guessed as it is of any list.
package struct TriedList: Sendable {
    package let path: String
    package let name: String
    package var key: String?
    package var kind: NameListKey?
    package var caseNumber: String?
    package var language: Language

    package init(
        path: String, name: String, key: String? = nil, kind: NameListKey? = nil, caseNumber: String? = nil,
        language: Language
    ) {
        self.path = path
        self.name = name
        self.key = key
        self.kind = kind
        self.caseNumber = caseNumber
        self.language = language
    }
}

/// The workbook that goes back; gone with its folder when nobody holds it any more.
package struct TriedAnswer: Sendable {
    package let path: String
    package let name: String
    package let bytes: Int64
    package let rows: Int64
    package let figures: NameListPart.Figures
    package let folder: WorkFolder
}

/// 联调测试 of a name list: read, checked and answered as any list is, from rows that were made up. Nothing of it is kept.
extension NameListDesk {
    static let triedRowsMax: Int64 = 5_000

    /// - Throws: what bringing, checking and releasing a list could be refused for, but for quotas, holds and limits of the day.
    func tried(
        _ tried: TriedList, against part: ReadyPart, mark: String, _ recipient: PartyID,
        by principal: Principal
    ) async throws -> TriedAnswer {
        guard let account = principal.account else { throw PolicyError.notPermitted(.runJointTest) }
        let name = try Self.safe(tried.name, endings: NameListLimits.endings)
        let now = parts.clock.now()
        let id = ReleaseID.new(at: now)
        let making = try WorkFolder(parts.folder.work(on: id))
        let folder = NameListFolder(making.path)
        let path = folder.list(id, named: name)
        let brought = try bring(tried.path, to: path, bytesMax: limits.fileBytesMax)
        try await parts.uploads.admit(path, named: tried.name, at: .nameList, by: principal)
        let probe = try await look(at: Source(file: path), ReadingOverrides())
        let guess = Self.guess(probe)
        let choice = NameListChoice(
            key: tried.key ?? guess?.key ?? "", kind: tried.kind ?? guess?.kind ?? .other,
            caseNumber: tried.caseNumber ?? guess?.caseNumber,
            parts: [.init(grant: part.part.grant, keyColumn: part.part.keyColumn)], language: tried.language)
        func list(_ findings: NameListFindings?) -> NameList {
            NameList(
                id: id, recipient: recipient, account: account, post: principal.post, state: .draft,
                file: BroughtFile(name: name, bytes: brought.bytes, sha256: brought.sha256),
                reading: probe.mapping, sheets: probe.sheets, choice: choice, findings: findings,
                attachments: [], parts: [], rowsDone: 0, madeAt: now, authorisedAt: nil, leaseUntil: nil,
                settledAt: nil, result: nil, problem: nil, authorisedLeaf: nil, settledLeaf: nil)
        }
        try validate(choice, of: list(nil))
        let (findings, _) = try await looked(at: list(nil), choice, in: folder)
        guard findings.rows <= Self.triedRowsMax else {
            throw JointTestError.listTooLong(rowsMax: Int(Self.triedRowsMax))
        }
        try admit(findings, choice)
        try Self.demandCases(part.plan, choice, findings, entry: part.entry)
        let work = Work(
            list: list(findings), choice: choice, keys: findings.keys, ready: [part.asking(findings.keys)],
            streams: [], authorisedAt: now, authorisedLeaf: LeafID.new(at: now), mark: mark)
        return try await write(work, in: folder, making)
    }

    private func write(
        _ work: Work, in folder: NameListFolder, _ making: WorkFolder
    ) async throws -> TriedAnswer {
        let writer = try NameListWriter(work, draft: "\(making.path)/draft.xlsx", folder: making.path) {
            [text = parts.text] in text($0, work.choice.language)
        }
        let task = reading(work.list, work.choice, in: folder)
        _ = try await parts.engine.read(task) { rows in try await writer.take(rows) }
        let result = try await writer.finish(to: "\(making.path)/result.xlsx")
        return TriedAnswer(
            path: "\(making.path)/result.xlsx", name: "\(work.mark ?? "")-\(work.list.resultName)",
            bytes: result.bytes, rows: await writer.rowsWritten,
            figures: await writer.figures.first ?? NameListPart.Figures(), folder: making)
    }
}

extension NameListDesk.ReadyPart {
    fileprivate func asking(_ keys: Int64) -> Self {
        Self(
            part: NameListPart(
                release: part.release, grant: part.grant, revision: part.revision, entry: part.entry,
                provider: part.provider, keyColumn: part.keyColumn, version: part.version,
                versionNumber: part.versionNumber, asOf: part.asOf, keysAsked: keys, figures: nil),
            grant: grant, plan: plan, program: program, rows: rows, entry: entry, provider: provider)
    }
}
