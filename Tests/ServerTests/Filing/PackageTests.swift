import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `A package` {
    /// A department's node somewhere else: its key, and a folder for what it makes.
    private struct Producer {
        let signer: Signer
        let folder: URL

        init(_ algorithm: SignatureAlgorithm = .sm2) throws {
            signer = try Signer.generate(algorithm)
            folder = FileManager.default.temporaryDirectory.appending(path: "package-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }

        var trust: TrustedKeys { TrustedKeys([signer.publicKey]) }
        var path: String { folder.appending(path: "month.hwp").path }

        @discardableResult
        func make(
            _ text: String?, for entry: EntryID, period: String? = "2026-09", recipient: String? = nil,
            id: PackageID = .new(), reason: String? = nil
        ) throws -> DataPackage {
            let file = folder.appending(path: "九月.csv").path
            if let text { try text.write(toFile: file, atomically: true, encoding: .utf8) }
            let package = DataPackage(
                id: id, producer: "0123456789ab", madeAt: Clock.system.now(), recipient: recipient,
                entry: entry, period: try period.map { try #require(Period($0)) },
                table: text == nil ? nil : try DataPackage.table(at: file), reason: reason)
            try package.write(to: path, file: text == nil ? nil : file, signedBy: signer)
            return package
        }
    }

    private func receive(
        _ producer: Producer, _ world: FilingWorld, trusting keys: TrustedKeys? = nil
    ) async throws -> Filing {
        try await world.node.hooking.receive(
            packageAt: producer.path, trusting: keys ?? producer.trust, waits: true, by: world.steward)
    }

    private func problem(_ body: () async throws -> Void) async -> Problem? {
        do { try await body() } catch { return (error as? any ProblemConvertible)?.problem }
        return nil
    }

    @Test(arguments: Dialect.allCases, SignatureAlgorithm.allCases)
    func `carries a file over, once`(_ dialect: Dialect, _ algorithm: SignatureAlgorithm) async throws {
        let producer = try Producer(algorithm)
        try await FilingWorld.with(dialect) { world in
            let package = try producer.make(FilingWorld.september, for: world.pages.entry)
            let filing = try await receive(producer, world)
            #expect(filing.version != nil && filing.channel == .package && filing.package == package.id)
            #expect(filing.fileName == "九月.csv")
            #expect(try await world.rows() == 2)
            let again = try await receive(producer, world)
            #expect(again.id == filing.id)

            // An old medium does not bring back what was taken back.
            try await world.file(FilingWorld.october, for: "2026-10")
            let newest = try await world.file("code,amount\nz,1\n", for: "2026-11", .replace)
            _ = newest
            #expect(try await receive(producer, world).id == filing.id)
            #expect(try await world.rows() == 1)
        }
    }

    @Test func `that was taken back is not taken again`() async throws {
        let producer = try Producer()
        try await FilingWorld.with { world in
            try await world.file(FilingWorld.september, for: "2026-09")
            try producer.make(FilingWorld.october, for: world.pages.entry, period: "2026-10")
            let filing = try await receive(producer, world)
            try await world.node.hooking.undo(filing.id, by: world.steward)
            await #expect(throws: PackageFault.takenBefore) { _ = try await receive(producer, world) }
            #expect(try await world.rows() == 2)
        }
    }

    @Test func `may say that there is nothing to report`() async throws {
        let producer = try Producer()
        try await FilingWorld.with { world in
            try producer.make(nil, for: world.pages.entry, reason: "本月无新增")
            let filing = try await receive(producer, world)
            #expect(filing.kind == .nothing && filing.reason == "本月无新增")
            #expect(try await receive(producer, world).id == filing.id)
            #expect(try await world.state("2026-09") == .nothing)
        }
    }

    /// Of every member and of what lies between: named, refused, nothing lost.
    @Test func `with one flipped byte is refused wherever the byte is, and nothing is lost`() async throws {
        let producer = try Producer()
        try await FilingWorld.with { world in
            try await world.file(FilingWorld.september, for: "2026-09")
            try producer.make(FilingWorld.october, for: world.pages.entry, period: "2026-10")
            let whole = try [UInt8](Data(contentsOf: URL(filePath: producer.path)))
            #expect(whole.count % 512 == 0)
            var named: Set<String> = []
            for offset in whole.indices {
                var damaged = whole
                damaged[offset] ^= 1 << UInt8(offset % 8)
                try Data(damaged).write(to: URL(filePath: producer.path))
                let found = await problem {
                    _ = try VerifiedPackage(producer.path, trusting: producer.trust, bytesMax: 1 << 20)
                }
                #expect(found != nil, "byte \(offset) changed unseen")
                named.insert(found?.message.key ?? "")
            }
            #expect(
                named.isSuperset(of: [
                    "package.header-damaged", "package.content-damaged",
                    "package.manifest-malformed", "cryptography.signature-wrong",
                ]), "\(named.sorted())")

            // One in the table: member and digests are told, nothing is filed, what is served stays.
            var damaged = whole
            let row = try #require(whole.indices.first { whole[$0...].starts(with: Array("b1,30".utf8)) })
            damaged[row] = UInt8(ascii: "c")
            try Data(damaged).write(to: URL(filePath: producer.path))
            let found = await problem { _ = try await receive(producer, world) }
            #expect(found?.message.arguments["member"] == "data/1.csv")
            #expect(found?.message.arguments["expected"] != found?.message.arguments["found"])
            #expect(try await world.rows() == 2)
            #expect(try await world.state("2026-10") != .arrived)
            let folder = world.node.hooking.uploadsFolder
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(!left.contains { $0.hasSuffix(".part") })

            try Data(whole).write(to: URL(filePath: producer.path))
            #expect(try await receive(producer, world).version != nil)
            #expect(try await world.rows() == 3)
        }
    }

    @Test func `that is cut off anywhere, or longer than it should be, is refused`() async throws {
        let producer = try Producer()
        try producer.make(FilingWorld.october, for: EntryID.new())
        let whole = try Data(contentsOf: URL(filePath: producer.path))
        for count in stride(from: 0, to: whole.count, by: 97) {
            try whole.prefix(count).write(to: URL(filePath: producer.path))
            let found = await problem {
                _ = try VerifiedPackage(producer.path, trusting: producer.trust, bytesMax: 1 << 20)
            }
            #expect(found?.message.key == "package.cut-off", "\(count) bytes")
        }
        try (whole + Data([0])).write(to: URL(filePath: producer.path))
        let longer = await problem {
            _ = try VerifiedPackage(producer.path, trusting: producer.trust, bytesMax: 1 << 20)
        }
        #expect(longer?.message.key == "package.after-end")
        try whole.write(to: URL(filePath: producer.path))
        let larger = await problem {
            _ = try VerifiedPackage(producer.path, trusting: producer.trust, bytesMax: 100)
        }
        #expect(larger?.kind == .tooLarge)
    }

    @Test func `of a signer nobody trusts, for another node, or for another's entry is refused`() async throws
    {
        let (producer, other) = (try Producer(), try Producer())
        try await FilingWorld.with { world in
            try producer.make(FilingWorld.september, for: world.pages.entry)
            let unknown = await problem { _ = try await receive(producer, world, trusting: other.trust) }
            #expect(unknown?.message.key == "cryptography.signer-unknown")
            let stranger = try world.pages.people.principal("market-steward")
            await #expect(throws: HookingError.notFound) {
                _ = try await world.node.hooking.receive(
                    packageAt: producer.path, trusting: producer.trust, by: stranger)
            }
            try producer.make(FilingWorld.september, for: world.pages.entry, recipient: "ffffffffffff")
            await #expect(throws: PackageFault.otherRecipient("ffffffffffff")) {
                _ = try await receive(producer, world)
            }
            #expect(try await world.rows() == nil)
        }
    }

    @Test func `can be a link to nothing else: only a plain file is read`() async throws {
        let producer = try Producer()
        try producer.make(FilingWorld.september, for: EntryID.new())
        let link = producer.folder.appending(path: "link.hwp").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: producer.path)
        for path in [link, producer.folder.path, "/dev/zero"] {
            #expect(throws: PackageFault.unreadable(path: path)) {
                _ = try VerifiedPackage(path, trusting: producer.trust, bytesMax: 1 << 20)
            }
        }
    }

    @Test func `is a tar that other programs list`() throws {
        let producer = try Producer()
        try producer.make(FilingWorld.october, for: EntryID.new())
        let tar = Process()
        tar.executableURL = URL(filePath: "/bin/tar")
        tar.arguments = ["-xOf", producer.path, "data/1.csv"]
        let pipe = Pipe()
        tar.standardOutput = pipe
        try tar.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        tar.waitUntilExit()
        #expect(tar.terminationStatus == 0 && text == FilingWorld.october)
    }
}
