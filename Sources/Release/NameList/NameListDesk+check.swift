import Cryptography
import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// A file that authorises a list: the applicants' consent, an order, a letter.
package struct BroughtAuthorisation: Sendable {
    package let path: String
    package let name: String

    package init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

extension NameListDesk {
    /// Takes what its owner says of a list and looks at every row of it. The same list may be asked about again and again until it
    /// is released.
    ///
    /// - Throws: `NameListError` about the choice, each of its cases naming its field; `.tooManyRows`; what reading ends with.
    @discardableResult
    package func choose(
        _ choice: NameListChoice, for id: ReleaseID, with brought: [BroughtAuthorisation] = [],
        by principal: Principal
    ) async throws -> NameList {
        let list = try await own(id, by: principal)
        guard list.state == .draft else { throw NameListError.notDraft }
        try validate(choice, of: list)
        let offers = try await offers(for: principal)
        for part in choice.parts {
            let offer = offers.offers.first { $0.grant.id == part.grantID }
            guard let offer, offer.keyColumns.contains(part.keyColumn) else {
                throw NameListError.grantNotOffered(part.grant)
            }
        }
        let attachments = try attach(brought, to: list)
        let findings = try await check(list, choice)
        let store = store
        let isKept = try await parts.database.write {
            try store.choose(choice, findings, attachments, of: list.id, in: $0)
        }
        guard isKept else { throw NameListError.notDraft }
        return try await find(id, for: principal)
    }

    func validate(_ choice: NameListChoice, of list: NameList) throws(NameListError) {
        guard list.columns.contains(choice.key) else { throw .columnUnknown(field: "key") }
        if let column = choice.caseNumber {
            guard list.columns.contains(column) else { throw .columnUnknown(field: "case") }
            guard column != choice.key else { throw .caseColumnIsKey }
        }
        guard !choice.parts.isEmpty else { throw .noGrant }
        guard choice.parts.count <= NameListLimits.grantsMax else {
            throw .tooManyGrants(max: NameListLimits.grantsMax)
        }
        var seen: Set<String> = []
        for part in choice.parts where !seen.insert(part.grant).inserted { throw .grantTwice(part.grant) }
    }

    /// Sealed beside the list; what was brought before stays unless others are brought.
    private func attach(_ brought: [BroughtAuthorisation], to list: NameList) throws -> [BroughtFile] {
        guard !brought.isEmpty else { return list.attachments }
        guard brought.count <= NameListLimits.attachmentsMax else {
            throw NameListError.tooManyAttachments(max: NameListLimits.attachmentsMax)
        }
        return try brought.enumerated().map { number, file in
            let name = try Self.safe(file.name, endings: NameListLimits.attachmentEndings)
            let size = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int64 ?? 0
            guard size > 0 else { throw NameListError.fileEmpty }
            guard size <= NameListLimits.attachmentBytesMax,
                let bytes = FileManager.default.contents(atPath: file.path)
            else { throw NameListError.fileTooLarge(bytesMax: NameListLimits.attachmentBytesMax) }
            let sealed = try parts.cipher.seal(
                Array(bytes), aad: Array("name-list/\(list.id)/\(number)".utf8))
            try keep(Data(sealed), at: parts.folder.attachment(number, of: list.id))
            return BroughtFile(
                name: name, bytes: Int64(bytes.count),
                sha256: DigestAlgorithm.sha256.digest(Array(bytes)).hex)
        }
    }

    private func keep(_ data: Data, at path: String) throws {
        do {
            try data.write(to: URL(filePath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch { throw LakeError.writing(path, error) }
    }

    /// Every row, and the names by which evidence knows keys and cases.
    private func check(_ list: NameList, _ choice: NameListChoice) async throws -> NameListFindings {
        let (findings, names) = try await looked(at: list, choice, in: parts.folder)
        try keep(names, at: parts.folder.names(of: list.id))
        return findings
    }

    func looked(
        at list: NameList, _ choice: NameListChoice, in folder: NameListFolder
    ) async throws -> (NameListFindings, Data) {
        let check = NameListCheck(list, choice, keyMAC: parts.keyMAC)
        let task = reading(list, choice, in: folder)
        let answer = try await parts.engine.read(task) { rows in await check.take(rows) }
        guard !answer.isCutOff else { throw NameListError.tooManyRows(max: limits.rowsMax) }
        return await check.finish()
    }

    func reading(
        _ list: NameList, _ choice: NameListChoice, in folder: NameListFolder? = nil
    ) -> ReadListTask {
        let watched = [choice.key, choice.caseNumber].compactMap { $0 }.compactMap {
            list.columns.firstIndex(of: $0)
        }
        return ReadListTask(
            source: list.source(in: folder ?? parts.folder), mapping: list.reading, watched: watched,
            confinement: confinement, limits: sourceLimits, rowsMax: Int64(limits.rowsMax))
    }
}

/// Where keys and case numbers stand in a list, and what becomes of a row.
struct NameListRows: Sendable {
    enum Key: Sendable {
        case asked(String)
        case blank
        case invalid
        case unreadable(ListRow.Fault)
    }

    private let key: Int
    private let caseNumber: Int?
    private let kind: NameListKey
    let isSheet: Bool

    init(_ list: NameList, _ choice: NameListChoice) {
        key = list.columns.firstIndex(of: choice.key) ?? 0
        caseNumber = choice.caseNumber.flatMap { list.columns.firstIndex(of: $0) }
        kind = choice.kind
        isSheet = list.reading.sheet != nil
    }

    func key(of row: ListRow) -> Key {
        if let fault = row.fault { return .unreadable(fault) }
        let text = kind.normalised(row.cells[key])
        if text.isEmpty { return .blank }
        return kind.holds(text) ? .asked(text) : .invalid
    }

    func caseNumber(of row: ListRow) -> String? {
        caseNumber.map { LookUpKey.trim(row.cells[$0]) }
    }

    /// `C17`, or the line.
    func place(_ row: ListRow, _ position: Int? = nil) -> String {
        isSheet ? CellAddress.letters((position ?? key) + 1) + String(row.line) : String(row.line)
    }
}

/// Takes the rows of a list as they come and keeps no more of them than their keys.
private actor NameListCheck {
    private let rows: NameListRows
    private let keyMAC: MAC
    private let isOfCitizens: Bool
    private var findings = NameListFindings()
    private var later: [NameListFindings.Fault] = []
    private var seen: Set<String> = []
    private var runs = KeyRuns()
    private var names = ""
    private let kind: NameListKey

    init(_ list: NameList, _ choice: NameListChoice, keyMAC: MAC) {
        rows = NameListRows(list, choice)
        isOfCitizens = choice.kind == .citizenID
        kind = choice.kind
        self.keyMAC = keyMAC
    }

    func take(_ batch: [ListRow]) {
        for row in batch where row.kind == .row { take(row) }
    }

    private func take(_ row: ListRow) {
        findings.rows += 1
        var asked: String?
        switch rows.key(of: row) {
        case .asked(let key):
            asked = key
            if seen.insert(key).inserted {
                findings.keys += 1
                if isOfCitizens { runs.add(key, row: Int32(clamping: row.line)) }
            } else {
                findings.repeated += 1
            }
        case .blank: findings.blank += 1
        case .invalid:
            findings.invalid += 1
            note(rows.place(row), Message("name-list.fault-\(kind.rawValue)"), &later)
        case .unreadable(let fault):
            findings.unreadable += 1
            note(
                rows.place(row, fault.position), Message("name-list.fault-\(fault.reason.rawValue)"),
                &findings.faults)
        }
        let caseNumber = rows.caseNumber(of: row)
        if asked != nil, caseNumber?.isEmpty ?? false { findings.casesMissing += 1 }
        names += name("key", asked) + " " + name("case", caseNumber) + "\n"
    }

    /// As `RowDesk` names a key; a case number has a name of its own kind.
    private func name(_ kind: String, _ text: String?) -> String {
        guard let text, !text.isEmpty else { return "-" }
        let bytes = RowEncoding.encode(
            kind == "key" ? [.text(text)] : [.text("case"), .text(text)])
        return String(keyMAC.tag(bytes).prefix(16).hex)
    }

    private func note(_ place: String, _ message: Message, _ faults: inout [NameListFindings.Fault]) {
        guard faults.count < NameListFindings.faultsShownMax else { return }
        faults.append(NameListFindings.Fault(place: place, message: message))
    }

    func finish() -> (NameListFindings, Data) {
        findings.faults += later.prefix(NameListFindings.faultsShownMax - findings.faults.count)
        if let run = runs.longest() {
            findings.run = KeyRuns.Run(length: run.length, place: String(run.row))
        }
        findings.namesDigest = DigestAlgorithm.sha256.digest(names).hex
        return (findings, Data(names.utf8))
    }
}
