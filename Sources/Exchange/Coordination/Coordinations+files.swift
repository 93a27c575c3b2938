import Foundation
package import Identity
package import Kernel

/// Where files of minutes are kept; `Server` passes it in. Each file has been through its door before it gets here.
package struct MinutesFiles: Sendable {
    package typealias Keep =
        @Sendable (_ path: String, _ name: String, CaseID) async throws -> CoordinationMeeting.File
    package typealias Read = @Sendable (CoordinationMeeting.File, CaseID) throws -> [UInt8]

    let keep: Keep
    /// Its bytes as they were recorded.
    let read: Read
    let drop: @Sendable (LetterFileID, CaseID) -> Void

    package init(
        keep: @escaping Keep, read: @escaping Read, drop: @escaping @Sendable (LetterFileID, CaseID) -> Void
    ) {
        self.keep = keep
        self.read = read
        self.drop = drop
    }
}

/// 会议纪要 as they are brought: the record and its files.
package struct BroughtMinutes: Sendable {
    package let meeting: Int
    package let attendees: [String]
    package let text: String?
    package let files: [(path: String, name: String)]

    package init(
        meeting: Int, attendees: [String], text: String?, files: [(path: String, name: String)]
    ) {
        self.meeting = meeting
        self.attendees = attendees
        self.text = text
        self.files = files
    }

    /// A line each, as a form has them.
    package static func attendees(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init)
    }
}

extension Coordinations {
    package static let filesMax = 20

    /// Records minutes and keeps their files: with their record, or not at all.
    ///
    /// - Throws: what `perform` throws, and what is wrong with a file.
    package func record(
        _ minutes: BroughtMinutes, on id: CaseID, seen revision: Int, by principal: Principal,
        key: String? = nil
    ) async throws -> Coordination {
        let seen = try await find(id, for: principal)
        guard minutes.files.count <= Self.filesMax else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place(
                    "files", Message("coordination.files-many", ["filesMax": "\(Self.filesMax)"]))
            ])
        }
        // Whoever may not record them leaves no files here.
        if try !possibleActs(on: seen, for: principal).contains("record-minutes") {
            return try await perform(
                .recordMinutes(meeting: minutes.meeting, attendees: minutes.attendees, files: []), on: id,
                seen: revision, by: principal, comment: minutes.text, key: key)
        }
        var kept: [CoordinationMeeting.File] = []
        do {
            for file in minutes.files {
                kept.append(try await files.keep(file.path, file.name, id))
            }
            let done = try await perform(
                .recordMinutes(meeting: minutes.meeting, attendees: minutes.attendees, files: kept), on: id,
                seen: revision, by: principal, comment: minutes.text, key: key)
            // A second click is answered with what the first one kept.
            let known = Set(done.files.compactMap(\.kept?.id))
            drop(kept.filter { $0.kept.map { !known.contains($0.id) } ?? false }, of: id)
            return done
        } catch {
            drop(kept, of: id)
            throw error
        }
    }

    private func drop(_ kept: [CoordinationMeeting.File], of id: CaseID) {
        for file in kept.compactMap(\.kept) { files.drop(file.id, id) }
    }

    /// A file of minutes with its bytes, for whoever sees the coordination.
    package func file(
        _ file: LetterFileID, of id: CaseID, for principal: Principal
    ) async throws -> (file: CoordinationMeeting.File, bytes: [UInt8]) {
        let one = try await find(id, for: principal)
        guard let found = one.files.first(where: { $0.kept?.id == file }) else {
            throw ExchangeError.coordinationNotFound
        }
        return (found, try files.read(found, id))
    }
}
