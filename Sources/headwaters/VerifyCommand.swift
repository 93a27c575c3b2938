import ArgumentParser
import Casework
import Cryptography
import Evidence
import Foundation
import Kernel
import Release
import Server

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Check a receipt, an answer, a dossier, an evidence export or a hand-over offline. Exit 0 only if all of it holds.",
        discussion: """
            FILE is a receipt (JSON), the dossier of a case, the answer of a look-up or a page (with --proof, what /api/v1/leaves/{id}/proof gave for \
            its leafId), such a proof alone (with --released, the CSV of the stream that it records), the folder of an evidence export, or the first volume of a release that was handed over (`package verify` can also unpack it). Only keys that you give are trusted: with --trust a \
            node's public key (PEM), with --data those in a data folder's keys.
            """)

    @Argument(
        help: "A receipt, a dossier, an answer, a proof, a first volume, or the folder of an evidence export."
    )
    var file: String

    @Option(help: "Public keys (PEM) of signers to trust; may be given several times.")
    var trust: [String] = []

    @Option(help: "Trust the keys of this data folder.")
    var data: String?

    @Option(
        name: .customLong("released"), help: "The released file, to be compared with its receipt or record.")
    var released: String?

    @Option(help: "The proof of the record of an answer.")
    var proof: String?

    @Option(help: "File whose first line is the password of a release that was handed over.")
    var passwordFile: String?

    @Option(help: "A witness file of checkpoints kept elsewhere: finds an export that was cut off.")
    var witness: String?

    @OptionGroup var speech: SpeechOptions

    func run() async throws {
        try await speech.run { terminal in
            do {
                try await check(terminal)
            } catch let error as any ProblemConvertible {
                terminal.report(error.problem)
                throw ExitCode(1)
            }
        }
    }

    private func check(_ terminal: Terminal) async throws {
        let keys = try TrustedKeys.given(trust, dataFolder: data)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw Problem(.notFound, Message("command.file-missing", ["path": file]))
        }
        if isFolder.boolValue {
            let report = try Verification(trusting: keys).check(folder: file, witness: witness)
            terminal.answer(
                Message(
                    "command.evidence-holds",
                    [
                        "leaves": String(report.leaves), "checkpoints": String(report.checkpoints),
                        "witnessed": String(report.witnessed), "at": report.last.at.description,
                    ]),
                [
                    "holds": true, "node": .string(report.node), "leaves": .integer(report.leaves),
                    "checkpoints": .integer(Int64(report.checkpoints)),
                    "witnessed": .integer(Int64(report.witnessed)),
                    "last": .string(report.last.at.description),
                ])
            return
        }
        if VerifiedHandOver.isOne(file) {
            let verified = try VerifiedHandOver(
                file, trusting: keys, password: try passwordFile.map(InputFile.password))
            return terminal.record(verified.fields(unpacked: []))
        }
        let json = try Self.json(file)
        if let proof { return try check(answer: json, proof: Self.json(proof), keys, terminal) }
        if CaseDossier.isOne(json) { return try check(dossier: CaseDossier(json), keys, terminal) }
        if json["record"] != nil { return try check(leaf: json, keys, terminal) }
        let document = try ReceiptDocument(json)
        let findings = try document.verify(trusting: keys, file: try released.map(Self.digest))
        let payload = findings.payload
        terminal.answer(
            Message(
                "command.receipt-holds",
                [
                    "release": payload["release"]?.string ?? "",
                    "rows": payload["rowsOut"]?.integer.map(String.init) ?? "",
                    "at": findings.checkpointAt.description,
                    "file": terminal.text(
                        Message(findings.fileCompared ? "command.file-compared" : "command.file-not-compared")
                    ),
                ]),
            [
                "holds": true, "receipt": payload, "fileCompared": .boolean(findings.fileCompared),
                "checkpoint": [
                    "at": .string(findings.checkpointAt.description),
                    "size": .integer(findings.checkpointSize),
                ],
            ])
    }

    private func check(
        answer: JSON, proof: JSON, _ keys: TrustedKeys, _ terminal: Terminal
    ) throws {
        let findings = try AnswerProof(answer: answer, leaf: try ProvenLeaf(proof)).verify(trusting: keys)
        terminal.answer(
            Message(
                "command.answer-holds",
                [
                    "release": findings.release, "rows": String(findings.rows),
                    "at": findings.checkpointAt.description,
                ]),
            [
                "holds": true, "release": .string(findings.release), "rows": .integer(Int64(findings.rows)),
                "checkpoint": [
                    "at": .string(findings.checkpointAt.description),
                    "size": .integer(findings.checkpointSize),
                ],
            ])
    }

    private func check(dossier: CaseDossier, _ keys: TrustedKeys, _ terminal: Terminal) throws {
        let findings = try dossier.verify(trusting: keys)
        terminal.answer(
            Message(
                "command.dossier-holds",
                [
                    "title": dossier.title, "acts": String(findings.acts),
                    "erased": String(findings.erased), "at": findings.checkpointAt.description,
                ]),
            [
                "holds": true, "case": .string(dossier.id.text), "state": .string(dossier.state),
                "acts": .integer(Int64(findings.acts)), "records": .integer(Int64(findings.records)),
                "erased": .integer(Int64(findings.erased)),
                "checkpoint": ["at": .string(findings.checkpointAt.description)],
            ])
    }

    private func check(leaf json: JSON, _ keys: TrustedKeys, _ terminal: Terminal) throws {
        let leaf = try ProvenLeaf(json)
        let checkpoint = try leaf.verify(trusting: keys)
        if let released { try leaf.demand(file: Self.digest(released)) }
        terminal.answer(
            Message(
                "command.record-holds",
                [
                    "type": leaf.type, "index": String(leaf.proof.index), "at": checkpoint.at.description,
                ]),
            [
                "holds": true, "record": leaf.record,
                "checkpoint": [
                    "at": .string(checkpoint.at.description), "size": .integer(checkpoint.size),
                ],
            ])
    }

    private static func json(_ path: String) throws -> JSON {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(.notFound, Message("command.file-missing", ["path": path]))
        }
        return try JSON.parse(Array(data))
    }

    private static func digest(_ path: String) throws -> (bytes: Int64, sha256: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Problem(.notFound, Message("command.file-missing", ["path": path]))
        }
        defer { try? handle.close() }
        var running = RunningDigest(.sha256)
        var bytes: Int64 = 0
        while let block = try handle.read(upToCount: 1 << 20), !block.isEmpty {
            block.withUnsafeBytes { running.update($0) }
            bytes += Int64(block.count)
        }
        return (bytes, running.finish().hex)
    }
}
