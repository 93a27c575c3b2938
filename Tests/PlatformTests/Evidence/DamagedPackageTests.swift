import Cryptography
import Evidence
import Foundation
import Kernel
import TestKit
import Testing

@Suite struct `A package that was changed on its way` {
    private static let type = "test.package"

    private struct Parts {
        let folder = FileManager.default.temporaryDirectory.appending(path: "package-\(UUID().uuidString)")
        let signer: Signer
        let members = [
            ArchiveMember("a.csv", Array("id,name\n1,源城区\n".utf8)),
            ArchiveMember("b.bin", [UInt8](repeating: 7, count: 5_000)),
        ]
        let contents: [[UInt8]] = [
            Array("id,name\n1,源城区\n".utf8), [UInt8](repeating: 7, count: 5_000),
        ]
        var path: String { folder.appending(path: "whole.tar").path }

        init() throws {
            signer = try Signer.generate(.ed25519)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let envelope = try Envelope.sign(
                type: type, version: 1, payload: .object(["note": .string("x")]), with: signer)
            let writer = try PackageWriter(to: path)
            try writer.add(SealedArchive.manifestMember, envelope.json.canonicalBytes)
            for (member, content) in zip(members, contents) { try writer.add(member.name, content) }
            try writer.finish()
        }

        func open(_ path: String) throws -> SealedArchive {
            try SealedArchive(path, type: type, trusting: TrustedKeys([signer.publicKey]), bytesMax: 1 << 20)
            {
                _ in members
            }
        }
    }

    @Test func `is refused, wherever it was changed, and never crashes its reader`() throws {
        let parts = try Parts()
        defer { try? FileManager.default.removeItem(at: parts.folder) }
        let whole = [UInt8](try Data(contentsOf: URL(filePath: parts.path)))
        for (member, content) in zip(parts.members, parts.contents) {
            #expect(try parts.open(parts.path).content(of: member) == content)
        }
        let damaged = parts.folder.appending(path: "damaged.tar")
        try Damage.rounds(400, seed: 15) { round, random in
            let bytes = Damage.done(to: whole, using: &random)
            guard bytes != whole else { return }
            try Data(bytes).write(to: damaged)
            do {
                _ = try parts.open(damaged.path)
                Issue.record("round \(round) was believed")
            } catch is PackageFault {
            } catch is CryptographyError {}
        }
    }

    @Test func `by one bit is refused, whichever bit of its first and last blocks`() throws {
        let parts = try Parts()
        defer { try? FileManager.default.removeItem(at: parts.folder) }
        let whole = [UInt8](try Data(contentsOf: URL(filePath: parts.path)))
        let damaged = parts.folder.appending(path: "damaged.tar")
        for at in Array(0..<1_100) + Array((whole.count - 1_100)..<whole.count) {
            var bytes = whole
            bytes[at] ^= 1 << UInt8(at % 8)
            try Data(bytes).write(to: damaged)
            #expect(throws: (any Error).self, "byte \(at)") { try parts.open(damaged.path) }
        }
    }
}
