import Cryptography
import Evidence
import Foundation
package import Identity
package import Kernel
import Persistence
import Policy

/// Templates, and what is made of them.
extension Letters {
    /// Of the principal's unit, in use.
    package func templates(of principal: Principal) async throws -> [LetterTemplate] {
        guard let party = principal.party else { return [] }
        return try await parts.database.read { try FileStore().templates(of: party, in: $0) }
    }

    /// Of the unit whose letter it is.
    package func templates(for letter: Letter) async throws -> [LetterTemplate] {
        try await parts.database.read { try FileStore().templates(of: letter.owner, in: $0) }
    }

    /// Takes a template over for the principal's unit.
    ///
    /// - Throws: `ClassifiedUpload`; `LetterError.documentRefused` with what is wrong in the document, `.fieldsInvalid`; `PolicyError.notPermitted`.
    @discardableResult
    package func setTemplate(
        fileAt path: String, named name: String, by principal: Principal
    ) async throws -> LetterTemplate {
        let (party, account) = try actor(principal)
        let permit = try parts.permissions.permit(
            .setLetterTemplate, on: .new(kind: LetterTemplateNoun.kind, owner: party), for: principal)
        let plain = name.filter { !$0.isNewline }
        guard !plain.allSatisfy(\.isWhitespace), plain.count <= LetterTemplate.nameCharactersMax else {
            throw LetterError.fieldsInvalid([
                Problem.Place(
                    "name",
                    Message("letter.name-length", ["charactersMax": "\(LetterTemplate.nameCharactersMax)"]))
            ])
        }
        try await parts.uploads.admit(path, named: name, at: .letterTemplate, by: principal)
        let bytes = Array(
            try FileHandle(forReadingAtPath: path)?.read(upToCount: LetterLimits.templateBytesMax + 1)
                ?? Data())
        guard bytes.count <= LetterLimits.templateBytesMax else {
            throw LetterError.documentRefused(.tooLarge(bytesMax: LetterLimits.templateBytesMax))
        }
        let words: [String]
        do { words = try WordDocument(bytes).checkedPlaceholders() } catch {
            throw LetterError.documentRefused(error)
        }
        let now = parts.clock.now()
        let template = LetterTemplate(
            id: .new(at: now), owner: party, name: plain, bytes: bytes.count,
            digest: parts.digest.digest(bytes).text, placeholders: words, setBy: account, setAt: now,
            endedAt: nil)
        let place = self.path(of: template.id)
        try keep(bytes, at: "\(place).draft")
        try Self.rename("\(place).draft", to: place)
        do {
            try await parts.database.write(under: permit) { connection, mandate in
                guard
                    try FileStore().templates(of: party, in: connection).count < LetterLimits.templatesMax
                else { throw LetterError.tooManyFiles(filesMax: LetterLimits.templatesMax) }
                try FileStore().insert(template, in: connection)
                try record(
                    "letter.template-set", [Leaf.Subject(template.id), Leaf.Subject(party)],
                    ["name": .string(plain), "digest": .string(template.digest)], mandate, at: now,
                    in: connection)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: place)
            throw error
        }
        return template
    }

    /// Nothing is made of it any more; what was stays.
    package func endTemplate(_ id: LetterTemplateID, by principal: Principal) async throws {
        let (party, _) = try actor(principal)
        let permit = try parts.permissions.permit(
            .setLetterTemplate, on: .new(kind: LetterTemplateNoun.kind, owner: party), for: principal)
        let now = parts.clock.now()
        try await parts.database.write(under: permit) { connection, mandate in
            guard let known = try FileStore().template(id, in: connection), known.owner == party,
                known.endedAt == nil
            else { throw LetterError.templateNotFound }
            try FileStore().end(id, at: now, in: connection)
            try record(
                "letter.template-ended", [Leaf.Subject(id), Leaf.Subject(party)],
                ["name": .string(known.name)], mandate, at: now, in: connection)
        }
    }

    /// The template itself, to be worked on; the one that is built in without an id.
    package func template(_ id: LetterTemplateID?, for principal: Principal) async throws -> [UInt8] {
        guard let id else { return BuiltInTemplate.document.bytes }
        guard let known = try await parts.database.read({ try FileStore().template(id, in: $0) }),
            known.owner == principal.party
        else { throw LetterError.templateNotFound }
        return try content(of: known)
    }

    /// The letter as a .docx that can be worked on: of one of its unit's templates, or of the one that is built in.
    ///
    /// - Throws: `LetterError.templateNotFound`, `.stateForbids` for one that came in.
    package func document(
        of letter: Letter, with id: LetterTemplateID?, for principal: Principal
    ) async throws -> [UInt8] {
        guard letter.direction == .outgoing, letter.state != .voided else {
            throw LetterError.stateForbids(letter.state)
        }
        let words = letter.words(unit: try await parts.neighbours.partyName(letter.owner))
        do {
            guard let id else { return try BuiltInTemplate.document.filled(with: words).bytes }
            guard let known = try await parts.database.read({ try FileStore().template(id, in: $0) }),
                known.owner == letter.owner, known.endedAt == nil
            else { throw LetterError.templateNotFound }
            return try WordDocument(content(of: known)).filled(with: words).bytes
        } catch let fault as DocumentFault {
            throw LetterError.documentRefused(fault)
        }
    }

    /// - Throws: `LetterError.notSet` without a converter, `.toolFailed`, `.toolsBusy`; as `document`.
    package func pdf(
        of letter: Letter, with template: LetterTemplateID?, for principal: Principal
    ) async throws -> [UInt8] {
        guard tools.isSet(.converter) else { throw LetterError.notSet(.converter) }
        let document = try await document(of: letter, with: template, for: principal)
        return try await tools.pdf(of: document, bytesMax: limits.fileBytesMax, in: parts.temporaryFolder)
    }

    private func content(of template: LetterTemplate) throws -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: path(of: template.id)).map(Array.init),
            let known = Digest(template.digest), known.algorithm.digest(content) == known
        else { throw LetterError.templateNotFound }
        return content
    }

    private func path(of template: LetterTemplateID) -> String {
        "\(parts.folder)/templates/\(template).docx"
    }
}
