import Foundation
import Kernel
import Server

/// A file on the command line; `-` is standard input.
enum InputFile {
    static func bytes(_ path: String, bytesMax: Int) throws -> [UInt8] {
        let handle: FileHandle
        if path == "-" {
            handle = .standardInput
        } else {
            guard let opened = FileHandle(forReadingAtPath: path) else {
                throw Problem(.notFound, Message("command.file-missing", ["path": path]))
            }
            handle = opened
        }
        var bytes: [UInt8] = []
        while let block = try handle.read(upToCount: 1 << 16), !block.isEmpty {
            bytes += block
            guard bytes.count <= bytesMax else {
                throw Problem(
                    .tooLarge, Message("command.file-too-large", ["path": path, "max": String(bytesMax)]))
            }
        }
        return bytes
    }

    static func json(_ path: String, bytesMax: Int = 1 << 20) throws -> JSON {
        try JSON.parse(
            try bytes(path, bytesMax: bytesMax), limits: JSON.Limits(bytesMax: bytesMax, depthMax: 96))
    }

    /// The document of a file (an empty one without), with members set from `key=value`. A value that reads as JSON other than
    /// text is that; anything else is text.
    static func document(_ path: String?, set: [String], onto base: JSON? = nil, bytesMax: Int = 1 << 20)
        throws -> JSON
    {
        var members = try path.map { try json($0, bytesMax: bytesMax) }?.object ?? base?.object ?? [:]
        for assignment in set {
            let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw Problem(.invalid, Message("command.not-an-assignment", ["text": assignment]))
            }
            members[String(parts[0])] = value(String(parts[1]))
        }
        return .object(members)
    }

    private static func value(_ text: String) -> JSON {
        guard let parsed = try? JSON.parse(text) else { return .string(text) }
        switch parsed {
        // Codes and keys are digits, too: only structure, truth and absence are taken from the spelling.
        case .integer, .string: return .string(text)
        case .null, .boolean, .array, .object: return parsed
        }
    }
}

/// A file that a command leaves: whole, under its name, or not at all.
enum OutputPlace {
    static func write(_ bytes: some DataProtocol, to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Problem(.unavailable, Message("command.file-unwritable", ["path": path]))
        }
    }

    static func copy(_ from: String, to path: String) throws {
        let draft = "\(path).draft-\(UUID().uuidString)"
        do {
            try FileManager.default.copyItem(atPath: from, toPath: draft)
            guard rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw Problem(.unavailable, Message("command.file-unwritable", ["path": path]))
        }
    }
}
