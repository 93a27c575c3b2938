import Cryptography
import Evidence
import Foundation
package import Identity
package import Kernel
import Persistence
import Policy

/// Sealed copies and attachments: looked at, kept, bound to their letter by digest, found again by it.
extension Letters {
    package func files(of letter: Letter) async throws -> [LetterFile] {
        let id = letter.id
        return try await parts.database.read { try FileStore().files(of: id, in: $0) }
    }

    /// Takes over the file at `path`. A sealed copy makes a letter that has its number a sealed one.
    ///
    /// - Throws: `ClassifiedUpload`; `LetterError.fileRefused` with what is wrong, `.stateForbids` for a seal on a letter that came in or was voided,
    ///   `.tooManyFiles`, `.toolFailed` when the scanner gives no answer; `PolicyError.notPermitted`.
    @discardableResult
    package func add(
        _ kind: LetterFile.Kind, fileAt path: String, named name: String, to id: LetterID,
        by principal: Principal
    ) async throws -> LetterFile {
        try demandRoom(for: kind, in: try await letter(id, for: principal), principal)
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw LetterError.fileRefused(.missing)
        }
        defer { try? handle.close() }
        try await parts.uploads.admit(path, named: name, at: .letter, by: principal)
        let bytes = Array(try handle.read(upToCount: limits.fileBytesMax + 1) ?? Data())
        return try await add(kind, bytes, named: name, to: id, by: principal)
    }

    /// The letter as PDF with the seal that the program of the settings puts on it, bound like one that was scanned.
    @discardableResult
    package func seal(
        _ id: LetterID, with template: LetterTemplateID?, by principal: Principal
    ) async throws -> LetterFile {
        let letter = try await letter(id, for: principal)
        try demandRoom(for: .sealed, in: letter, principal)
        guard tools.isSet(.sealer) else { throw LetterError.notSet(.sealer) }
        let pdf = try await pdf(of: letter, with: template, for: principal)
        let sealed = try await tools.seal(pdf, bytesMax: limits.fileBytesMax, in: parts.temporaryFolder)
        let ending = LetterFile.Format(of: sealed) == .ofd ? "ofd" : "pdf"
        return try await add(.sealed, sealed, named: "\(letter.number).\(ending)", to: id, by: principal)
    }

    private func demandRoom(for kind: LetterFile.Kind, in letter: Letter, _ principal: Principal) throws {
        _ = try parts.permissions.permit(letter.action, on: letter.subject, for: principal)
        guard letter.state != .voided, kind == .attachment || letter.direction == .outgoing else {
            throw LetterError.stateForbids(letter.state)
        }
    }

    private func add(
        _ kind: LetterFile.Kind, _ bytes: [UInt8], named typed: String, to id: LetterID,
        by principal: Principal
    ) async throws -> LetterFile {
        let (_, account) = try actor(principal)
        let letter = try await letter(id, for: principal)
        let permit = try parts.permissions.permit(letter.action, on: letter.subject, for: principal)
        guard bytes.count <= limits.fileBytesMax else {
            throw LetterError.fileRefused(.tooLarge(bytesMax: limits.fileBytesMax))
        }
        let check: FileCheck
        do {
            check = try FileCheck(
                bytes, named: typed,
                allowing: kind == .sealed ? LetterFile.Format.sealed : LetterFile.Format.allCases)
        } catch { throw LetterError.fileRefused(error) }
        let now = parts.clock.now()
        let file = LetterFile(
            id: .new(at: now), letter: id, kind: kind, name: check.name, format: check.format,
            bytes: bytes.count, digest: parts.digest.digest(bytes).text, isScanned: tools.isSet(.scanner),
            addedBy: account, addedAt: now, leaf: .new(at: now))
        let path = path(of: file)
        try keep(bytes, at: "\(path).draft")
        do {
            if tools.isSet(.scanner) {
                try await tools.scan("\(path).draft", in: parts.temporaryFolder)
            }
            try Self.rename("\(path).draft", to: path)
            try await record(file, of: letter, permit)
        } catch {
            // Without its record the file is nobody's.
            for left in [path, "\(path).draft"] { try? FileManager.default.removeItem(atPath: left) }
            throw error
        }
        return file
    }

    private func record(
        _ file: LetterFile, of letter: Letter, _ permit: consuming Permit
    ) async throws {
        let store = store
        try await parts.database.write(under: permit) { connection, mandate in
            guard let state = try store.letter(letter.id, in: connection)?.state else {
                throw LetterError.notFound
            }
            guard state != .voided else { throw LetterError.stateForbids(state) }
            guard try FileStore().files(of: letter.id, in: connection).count < LetterLimits.filesMax else {
                throw LetterError.tooManyFiles(filesMax: LetterLimits.filesMax)
            }
            try FileStore().insert(file, in: connection)
            if file.kind == .sealed { try store.setSealed(letter.id, in: connection) }
            try record(
                file.kind == .sealed ? "letter.sealed" : "letter.attached",
                letter.subjects + [Leaf.Subject(file.id)],
                [
                    "number": .string(letter.number), "digest": .string(file.digest),
                    "bytes": .integer(Int64(file.bytes)), "format": .string(file.format.rawValue),
                    "scanned": .boolean(file.isScanned),
                ], as: file.leaf, mandate, at: file.addedAt, in: connection)
        }
    }

    // MARK: - Handing out

    /// The file and where it lies, for whoever may know of its letter.
    ///
    /// - Throws: `LetterError.fileNotFound`, also when its bytes are no longer what they were.
    package func file(
        _ id: LetterFileID, of letter: LetterID, for principal: Principal
    ) async throws -> (file: LetterFile, content: [UInt8]) {
        _ = try await self.letter(letter, for: principal)
        guard let file = try await parts.database.read({ try FileStore().file(id, of: letter, in: $0) }),
            let content = FileManager.default.contents(atPath: path(of: file)).map(Array.init),
            let known = Digest(file.digest), known.algorithm.digest(content) == known
        else { throw LetterError.fileNotFound }
        return (file, content)
    }

    /// To which letters a file belongs, by its digest: those that the principal may know of, newest last.
    ///
    /// - Throws: `LetterError.digestUnknown` when it is no letter's.
    package func find(
        fileAt path: String, for principal: Principal
    ) async throws -> [(file: LetterFile, letter: Letter)] {
        guard let content = FileManager.default.contents(atPath: path).map(Array.init) else {
            throw LetterError.fileRefused(.missing)
        }
        let digests = DigestAlgorithm.allCases.map { $0.digest(content).text }
        let files = try await parts.database.read { try FileStore().files(digested: digests, in: $0) }
        var found: [(file: LetterFile, letter: Letter)] = []
        for file in files {
            do { found.append((file, try await letter(file.letter, for: principal))) } catch LetterError
                .notFound
            {}
        }
        guard !found.isEmpty else { throw LetterError.digestUnknown }
        return found
    }

    // MARK: - On disk

    func path(of file: LetterFile) -> String { "\(parts.folder)/\(file.letter)/\(file.id)" }

    /// On disk on return.
    func keep(_ bytes: [UInt8], at path: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            guard
                FileManager.default.createFile(
                    atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
                let handle = FileHandle(forWritingAtPath: path)
            else { throw LetterError.unwritable }
            defer { try? handle.close() }
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch { throw LetterError.unwritable }
    }

    static func rename(_ old: String, to new: String) throws {
        do { try FileManager.default.moveItem(atPath: old, toPath: new) } catch {
            throw LetterError.unwritable
        }
    }
}

extension Letter {
    /// What whoever adds to it must be allowed to do.
    var action: Action { direction == .incoming ? .registerLetter : .issueLetter }
}
