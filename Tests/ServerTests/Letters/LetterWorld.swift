import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Letters

/// What tests of letters begin with.
enum LetterWorld {
    static func outgoing(
        _ series: LetterSeries, _ node: Node, title: String = "关于提供数据的复函", case caseID: CaseID? = nil
    ) -> LetterDraft {
        LetterDraft(
            .outgoing, series: series.id, title: title, counterpart: "市市场监管局", mark: "加急",
            body: "来函收悉。\n经研究，同意提供。", dated: node.clock.now().date(), copies: ["市财政局"], caseID: caseID)
    }

    static func incoming(_ node: Node, number: String = "河市监函[2026]8号") -> LetterDraft {
        let today = node.clock.now().date()
        return LetterDraft(
            .incoming, number: number, title: "关于协助提供数据的函", counterpart: "市市场监管局", dated: today,
            receivedOn: today)
    }

    static func leaves(_ node: Node, like pattern: String = "letter.%") async throws -> [String] {
        try await node.database.read { connection in
            try connection.rows(
                "SELECT type FROM evidence_leaf WHERE type LIKE \(pattern) ORDER BY at, id"
            ).map { try $0.value("type", as: String.self) }
        }
    }

    static func fault(_ body: () async throws -> Void) async -> LetterError? {
        do {
            try await body()
            return nil
        } catch { return error as? LetterError }
    }

    /// A program made of these lines of shell, in `folder`.
    static func script(_ lines: String, named name: String, in folder: URL) throws -> String {
        let path = folder.appending(path: name).path
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "letters-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    static func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws -> String {
        let path = folder.appending(path: name).path
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    static let pdf = Array("%PDF-1.4\nsealed\n%%EOF".utf8)
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
}
