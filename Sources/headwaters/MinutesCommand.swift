import ArgumentParser
import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Policy
import Server

extension CoordinationCommand {
    struct Minutes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record the minutes of a meeting with their files.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the coordination.") var coordination: String
        @Option(help: "Number of the meeting.") var meeting: Int
        @Option(help: "Who attended for which unit; may be given several times.") var attendee: [String]
        @Option(help: "The record.") var record: String
        @Option(help: "A file; may be given several times.") var attach: [String] = []
        @Option(help: "The revision you saw; the act fails if it has moved. Standard: the present one.")
        var revision: Int?
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                if !attach.isEmpty { try declaration.require() }
                let one = try await node.coordinations.find(requireID(coordination), for: principal)
                var files: [(path: String, name: String)] = []
                for path in attach {
                    guard FileManager.default.isReadableFile(atPath: path) else {
                        throw Problem(.notFound, Message("command.file-missing", ["path": path]))
                    }
                    let name = URL(filePath: path).lastPathComponent
                    try await node.refusedUploads.gate.admit(path, named: name, at: .minutes, by: principal)
                    files.append((path, name))
                }
                let moved = try await node.coordinations.record(
                    BroughtMinutes(meeting: meeting, attendees: attendee, text: record, files: files),
                    on: one.id, seen: revision ?? one.file.revision, by: principal)
                terminal.record(try CoordinationCommand.fields(moved, node, principal))
            }
        }
    }

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a file of minutes.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the coordination.") var coordination: String
        @Argument(help: "Id of the file.") var file: String
        @Option(help: "Where it goes.") var output: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (found, bytes) = try await node.coordinations.file(
                    requireID(file), of: requireID(coordination), for: principal)
                try OutputPlace.write(bytes, to: output)
                terminal.record([("file", .string(found.name)), ("sha256", .string(found.sha256))])
            }
        }
    }
}
