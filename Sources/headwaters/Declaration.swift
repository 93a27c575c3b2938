import ArgumentParser
import Exchange
import Foundation
import Identity
import Kernel
import Policy
import Server

/// What whoever brings a file says of it.
struct Declaration: ParsableArguments {
    @Flag(help: "The declaration that what is brought holds neither state secrets nor work secrets; needed.")
    var unclassified = false

    func require() throws { if !unclassified { throw UploadDeclaration.missing } }

    /// The table in a file, through the gate that every upload goes through, and the name it goes by.
    func sheet(
        _ file: String, at door: UploadDoor, rowsMax: Int, _ node: Node, by principal: Principal
    ) async throws -> (rows: BroughtSheet, name: String) {
        try require()
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw Problem(.notFound, Message("command.file-missing", ["path": file]))
        }
        let name = URL(filePath: file).lastPathComponent
        try await node.refusedUploads.gate.admit(file, named: name, at: door, by: principal)
        return (try await node.sheet(at: file, named: name, rowsMax: rowsMax), name)
    }
}
