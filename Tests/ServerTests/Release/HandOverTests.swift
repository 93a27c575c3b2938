import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Release

@Suite struct `A release handed over on a medium` {
    private static let password = "correct horse battery"

    /// A folder that stands for the medium, and packages copied onto it as whoever carries it copies them.
    private final class Medium {
        let folder: String
        let table: GrantedTable

        init(_ table: GrantedTable) throws {
            self.table = table
            folder =
                FileManager.default.temporaryDirectory.appending(path: "medium-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var trust: TrustedKeys { table.node.keys.trustedKeys }

        func terms(_ volumeBytesMax: Int = HandOver.fatBytesMax, password: String? = nil) -> HandOver.Terms {
            HandOver.Terms(
                takenBy: "领取人", medium: "U-2026-001", volumeBytesMax: volumeBytesMax, password: password)
        }

        func take(_ terms: HandOver.Terms) async throws -> HandOver {
            let handOver = try await table.node.handOvers.make(
                terms, of: table.release.id, by: table.consumer)
            for volume in handOver.volumes {
                let (download, _) = try await table.node.handOvers.download(
                    handOver.id, volume: volume.number, by: table.consumer)
                try FileManager.default.copyItem(atPath: download.path, toPath: place(volume))
            }
            return handOver
        }

        func place(_ volume: HandOver.Volume) -> String { "\(folder)/\(volume.name)" }

        func verified(_ handOver: HandOver, password: String? = nil) throws -> VerifiedHandOver {
            try VerifiedHandOver(place(handOver.volumes[0]), trusting: trust, password: password)
        }

        func problem(_ handOver: HandOver) -> String? {
            do {
                _ = try verified(handOver)
                return nil
            } catch { return (error as? any ProblemConvertible)?.problem.message.key ?? "\(error)" }
        }

        func bytes(of path: String) throws -> [UInt8] {
            Array(try #require(FileManager.default.contents(atPath: path)))
        }
    }

    @Test(arguments: Dialect.available)
    func `is verified with the node's key alone, gives back the file, and stands in the register`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { table in
            let medium = try Medium(table)
            let handOver = try await medium.take(medium.terms())
            let verified = try medium.verified(handOver)
            #expect(handOver.volumes.count == 1 && verified.isContentCompared)
            #expect(verified.receipt.payload["rowsOut"]?.integer == table.release.rowsOut)
            #expect(verified.about["takenBy"] == "领取人" && verified.kid == table.node.keys.signer.kid)

            let names = try verified.unpack(into: "\(medium.folder)/out")
            #expect(names == [table.release.fileName, "README.txt", "receipt.json", "node.pem"])
            let file = try medium.bytes(of: "\(medium.folder)/out/\(table.release.fileName)")
            #expect(file == (try medium.bytes(of: table.node.files.path(of: table.release.id))))
            let readme = String(
                decoding: try medium.bytes(of: "\(medium.folder)/out/README.txt"), as: UTF8.self)
            #expect(readme.contains("领取人") && readme.contains("headwaters package verify"))

            let leaf = try #require(try await table.leaves("release.handed-over").last)
            #expect(leaf["medium"] == "U-2026-001" && leaf["sealed"] == false)
            for who in ["consumer", "cdo"] {
                let principal = try table.people.principal(who)
                #expect(
                    try await table.node.handOvers.list(of: table.release.id, for: principal) == [handOver])
            }
            let stranger = try await table.stranger().principal
            #expect(try await table.node.handOvers.list(of: table.release.id, for: stranger).isEmpty)
            await #expect(throws: ReleaseError.notFound) {
                try await table.node.handOvers.find(handOver.id, for: stranger)
            }
            await #expect(throws: ReleaseError.notFound) {
                try await table.node.handOvers.make(medium.terms(), of: table.release.id, by: stranger)
            }
        }
    }

    @Test func `in volumes names the one that is missing, swapped, of another package, or changed`()
        async throws
    {
        try await withGrantedTable(.sqlite, rows: 25_000) { table in
            let medium = try Medium(table)
            let handOver = try await medium.take(medium.terms(128 << 10))
            try #require(handOver.volumes.count >= 3)
            #expect(handOver.volumes.allSatisfy { $0.bytes <= 128 << 10 })
            #expect(try medium.verified(handOver).volumes == handOver.volumes.count)
            let files = FileManager.default
            let (first, second, third) = (
                medium.place(handOver.volumes[0]), medium.place(handOver.volumes[1]),
                medium.place(handOver.volumes[2])
            )
            let aside = "\(medium.folder)/aside"

            try files.moveItem(atPath: second, toPath: aside)
            #expect(throws: PackageFault.volumeMissing(number: 2, name: handOver.volumes[1].name)) {
                try medium.verified(handOver)
            }
            try files.copyItem(atPath: third, toPath: second)
            #expect(
                throws: PackageFault.volumeSwapped(name: handOver.volumes[1].name, expected: 2, found: 3)
            ) { try medium.verified(handOver) }
            try files.removeItem(atPath: second)
            try files.copyItem(atPath: first, toPath: second)
            #expect(
                throws: PackageFault.volumeSwapped(name: handOver.volumes[1].name, expected: 2, found: 1)
            ) { try medium.verified(handOver) }
            try files.removeItem(atPath: second)

            // The second volume of the same release, taken another time.
            let other = try await table.node.handOvers.make(
                medium.terms(128 << 10), of: table.release.id, by: table.consumer)
            let (download, _) = try await table.node.handOvers.download(
                other.id, volume: 2, by: table.consumer)
            try files.copyItem(atPath: download.path, toPath: second)
            #expect(throws: PackageFault.volumeOfAnother(name: handOver.volumes[1].name)) {
                try medium.verified(handOver)
            }
            try files.removeItem(atPath: second)
            try files.moveItem(atPath: aside, toPath: second)
            #expect(medium.problem(handOver) == nil)

            for path in [first, second] { try spoil(path, of: handOver, on: medium) }
            #expect(medium.problem(handOver) == nil)
        }
    }

    /// One byte changed here and there, cut off, and something behind the end.
    private func spoil(_ path: String, of handOver: HandOver, on medium: Medium) throws {
        let whole = try medium.bytes(of: path)
        for offset in stride(from: 0, to: whole.count, by: whole.count / 24) {
            var changed = whole
            changed[offset] ^= 0x20
            try Data(changed).write(to: URL(filePath: path))
            #expect(medium.problem(handOver) != nil, "\(path) \(offset)")
        }
        try Data(whole.dropLast(512)).write(to: URL(filePath: path))
        #expect(medium.problem(handOver) == "package.cut-off")
        try Data(whole + [0]).write(to: URL(filePath: path))
        #expect(medium.problem(handOver) == "package.after-end")
        try Data(whole).write(to: URL(filePath: path))
    }

    @Test func `sealed opens with its password only`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let medium = try Medium(table)
            let handOver = try await medium.take(medium.terms(password: Self.password))
            let file = try medium.bytes(of: table.node.files.path(of: table.release.id))
            let carried = try medium.bytes(of: medium.place(handOver.volumes[0]))
            let secret = Array(file[(file.count / 2)..<(file.count / 2 + 40)])
            #expect(Data(carried).range(of: Data(secret)) == nil)

            let closed = try medium.verified(handOver)
            #expect(!closed.isContentCompared)
            #expect(throws: PackageFault.passwordWrong) { try closed.unpack(into: "\(medium.folder)/no") }
            #expect(throws: PackageFault.passwordWrong) {
                try medium.verified(handOver, password: "another password")
            }
            let open = try medium.verified(handOver, password: Self.password)
            _ = try open.unpack(into: "\(medium.folder)/out")
            #expect(try medium.bytes(of: "\(medium.folder)/out/\(open.fileName)") == file)
            // What is there already stays as it is.
            #expect(throws: PackageFault.self) { try open.unpack(into: "\(medium.folder)/out") }
            let stranger = try Signer.generate(.sm2)
            #expect(throws: CryptographyError.signerUnknown(kid: table.node.keys.signer.kid)) {
                try VerifiedHandOver(
                    medium.place(handOver.volumes[0]), trusting: TrustedKeys([stranger.publicKey]))
            }
        }
    }

    @Test(
        arguments: [CipherSuite.aes256GCM, .sm4WithHMACSM3], [0, 1, 1 << 20, (1 << 20) + 1, (5 << 19) + 3])
    func `is sealed block by block: nothing of it can be moved, repeated or left out`(
        _ suite: CipherSuite, _ bytes: Int
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "seal-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let content = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(content).write(to: URL(filePath: "\(folder)/plain"))
        let key = try PasswordKey(PasswordKey.fresh().json)
        let seal = try HandOverSeal(of: PackageID.new(), suite, key, password: Self.password)
        try seal.seal("\(folder)/plain", to: "\(folder)/sealed", between: {})
        let sealed = Array(try #require(FileManager.default.contents(atPath: "\(folder)/sealed")))
        func opened(_ sealed: [UInt8], pieces: Int) throws -> [UInt8] {
            var (opening, out): (HandOverSeal.Opening, [UInt8]) = (HandOverSeal.Opening(seal), [])
            for start in stride(from: 0, to: sealed.count, by: pieces) {
                try opening.take(Array(sealed[start..<min(start + pieces, sealed.count)])) { out += $0 }
            }
            try opening.finish { out += $0 }
            return out
        }
        for pieces in [1 << 20, 700_001] { #expect(try opened(sealed, pieces: pieces) == content) }
        #expect(throws: (any Error).self) { try opened(Array(sealed.dropLast(1)), pieces: 1 << 20) }
        if bytes > 1 << 20 {
            let first = (sealed.count - bytes) / (bytes / (1 << 20) + 1) + (1 << 20)
            // Cut between two blocks, and with the first one twice.
            #expect(throws: (any Error).self) { try opened(Array(sealed[..<first]), pieces: 1 << 20) }
            #expect(throws: (any Error).self) {
                try opened(Array(sealed[..<first]) + sealed, pieces: 1 << 20)
            }
        }
    }

    @Test func `is refused as a download is, and leaves no entry`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let medium = try Medium(table)
            let handOver = try await medium.take(medium.terms())
            try await table.change(.suspension)
            await #expect(throws: PolicyError.self) {
                try await table.node.handOvers.make(medium.terms(), of: table.release.id, by: table.consumer)
            }
            await #expect(throws: PolicyError.self) {
                try await table.node.handOvers.download(handOver.id, volume: 1, by: table.consumer)
            }
            let provider = try table.people.principal("cdo")
            await #expect(throws: PolicyError.self) {
                try await table.node.handOvers.make(medium.terms(), of: table.release.id, by: provider)
            }
            #expect(try await table.node.handOvers.list(of: table.release.id, for: table.consumer).count == 1)
            #expect(try await table.leaves("release.handed-over").count == 1)
        }
    }

    @Test func `is filled in on a page, sealed unless said otherwise, and told by the API`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let browser = TestBrowser(api.app)
            let known = try #require(table.people.members["consumer"]?.password)
            _ = try await browser.get("/sign-in")
            _ = try await browser.post("/sign-in", [("name", "consumer"), ("password", known)])
            let path = "/releases/\(table.release.id)"
            #expect(try await browser.get(path).text.contains("\(path)/hand-overs/new"))
            let form = try await browser.get("\(path)/hand-overs/new")
            #expect(form.status == 200)
            #expect(form.text.contains(/value="yes"[^>]*checked/))
            let wrong = try await browser.post(
                "\(path)/hand-overs",
                [
                    ("takenBy", ""), ("medium", "U-1"), ("seal", "yes"), ("password", "short"),
                    ("again", "short"),
                ])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"U-1\""))
            #expect(!wrong.text.contains("value=\"short\""))
            let differing = try await browser.post(
                "\(path)/hand-overs",
                [
                    ("takenBy", "甲"), ("medium", "U-1"), ("seal", "yes"), ("password", Self.password),
                    ("again", "x"),
                ])
            #expect(differing.status == 422)
            let made = try await browser.post(
                "\(path)/hand-overs",
                [
                    ("takenBy", "甲"), ("medium", "U-1"), ("seal", "yes"), ("password", Self.password),
                    ("again", Self.password),
                ])
            let sheet = try await browser.follow(made)
            #expect(sheet.status == 200 && sheet.text.contains("hw-signatures") && sheet.text.contains("U-1"))
            #expect(try await browser.get("\(try #require(made.location))/volumes/1").status == 200)
            #expect(try await browser.get("\(try #require(made.location))/volumes/2").status == 404)

            let token = try #require(table.people.members["consumer"]?.token)
            let route = "/api/v1/releases/\(table.release.id)/hand-overs"
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let list = try await api.get(route, token)
            #expect(
                check.faults("GET", "/api/v1/releases/{id}/hand-overs", status: 200, try list.json()) == [])
            #expect(try list.json()["items"]?.array?.count == 1)
            let unsealed = try await api.post(
                route, token, ["takenBy": "乙", "medium": "U-2", "sealed": false, "volumeBytes": 200_000])
            #expect(unsealed.status == 201)
            #expect(
                check.faults("POST", "/api/v1/releases/{id}/hand-overs", status: 201, try unsealed.json())
                    == [])
            // Sealed by default, and then a password is needed.
            #expect(try await api.post(route, token, ["takenBy": "乙", "medium": "U-2"]).status == 400)
            #expect(
                try await api.post(
                    route, token, ["takenBy": "乙", "medium": "U-2", "sealed": false, "volumeBytes": 9]
                ).status == 400)
        }
    }

    @Test func `is taken and verified by commands`() async throws {
        try await SampleSite.with(.sqlite) { site in
            func run(_ arguments: [String], as who: String? = nil) async throws -> Program.Ended {
                try await Program.run(
                    arguments + ["--data", site.data, "--language", "en"],
                    environment: ["HEADWATERS_TOKEN": try who.map(site.token) ?? ""])
            }
            let medium = "\(site.data)/medium"
            try FileManager.default.createDirectory(atPath: medium, withIntermediateDirectories: true)
            let secret = "\(site.data)/secret.txt"
            try "\(Self.password)\n".write(toFile: secret, atomically: true, encoding: .utf8)
            let take = [
                "hand-over", site.outcome.release.id.text, "--taken-by", "甲", "--medium", "U-1", "--out",
                medium,
            ]
            let refused = try await run(take, as: "consumer")
            #expect(refused.status == 2 && refused.errors.contains("--password-file"), "\(refused.errors)")
            let taken = try await run(take + ["--password-file", secret, "--json"], as: "consumer")
            try #require(taken.status == 0, "\(taken.errors)")
            let volume = try #require(try JSON.parse(taken.output)["volumes"]?.array?.first?.string)
            #expect(try await run(["verify", volume]).status == 0)
            let unpacked = try await run([
                "package", "verify", volume, "--password-file", secret, "--out", "\(medium)/out",
            ])
            #expect(unpacked.status == 0, "\(unpacked.errors)")
            #expect(FileManager.default.fileExists(atPath: "\(medium)/out/README.txt"))

            var bytes = Array(try #require(FileManager.default.contents(atPath: volume)))
            bytes[3] ^= 1
            try Data(bytes).write(to: URL(filePath: volume))
            let damaged = try await run(["package", "verify", volume])
            #expect(damaged.status != 0 && damaged.errors.contains("manifest.json"), "\(damaged.errors)")
        }
    }
}
