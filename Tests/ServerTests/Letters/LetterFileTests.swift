import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Letters

@Suite struct `Sealed copies, attachments and the programs around them` {
    private static func environment(
        converter: String = "", sealer: String = "", scanner: String = "", seconds: Int = 20
    ) -> [String: String] {
        [
            Setting.letterConverter.environmentName: converter, Setting.letterSealer.environmentName: sealer,
            Setting.letterScanner.environmentName: scanner,
            Setting.letterToolSeconds.environmentName: String(seconds),
            Setting.letterFileBytes.environmentName: "4096",
        ]
    }

    @Test func `are bound by digest, found again by it, and backed up`() async throws {
        try await LetterWorld.withFolder { folder in
            try await SampleNode.with(.sqlite, environment: Self.environment()) { node, people in
                let steward = try people.principal("steward")
                let letters = node.letters
                let series = try await letters.setSeries("河民", by: steward)
                let letter = try await letters.enter(LetterWorld.outgoing(series, node), by: steward)
                let scan = try LetterWorld.write(LetterWorld.pdf, "scan.pdf", in: folder)
                let file = try await letters.add(
                    .sealed, fileAt: scan, named: "../..\\扫描件.PDF", to: letter.id, by: steward)
                #expect(file.name == "扫描件.PDF" && file.format == .pdf && !file.isScanned)
                #expect(file.digest.hasPrefix("sm3:"))
                #expect(try await letters.letter(letter.id, for: steward).state == .sealed)
                #expect(
                    await LetterWorld.fault { try await letters.void(letter.id, because: "x", by: steward) }
                        == .stateForbids(.sealed))
                let found = try await letters.find(fileAt: scan, for: steward)
                #expect(found.map(\.letter.id) == [letter.id] && found.first?.file == file)
                let changed = try LetterWorld.write(LetterWorld.pdf + [10], "changed.pdf", in: folder)
                #expect(
                    await LetterWorld.fault { _ = try await letters.find(fileAt: changed, for: steward) }
                        == .digestUnknown)
                let stranger = try people.principal("reviewer")
                #expect(
                    await LetterWorld.fault { _ = try await letters.find(fileAt: scan, for: stranger) }
                        == .digestUnknown)
                let payload = try await node.database.read { connection in
                    try connection.row("SELECT payload FROM evidence_leaf WHERE id = \(file.leaf)")?
                        .value("payload", as: String.self)
                }
                let leaf = try JSON.parse(try #require(payload))
                #expect(leaf["digest"] == .string(file.digest) && leaf["number"] == .string(letter.number))

                let backup = folder.appending(path: "backup").path
                let manifest = try await node.backup(to: backup, environment: Self.environment())
                #expect(manifest.files.contains { $0.path == "letters/\(letter.id)/\(file.id)" })
                // Bytes that are no longer what they were are given to nobody.
                let kept = "\(node.folder.path)/letters/\(letter.id)/\(file.id)"
                try Data(LetterWorld.pdf + [10]).write(to: URL(filePath: kept))
                #expect(
                    await LetterWorld.fault {
                        _ = try await letters.file(file.id, of: letter.id, for: steward)
                    } == .fileNotFound)
            }
        }
    }

    @Test func `are refused for what is wrong with them, and leave nothing behind`() async throws {
        try await LetterWorld.withFolder { folder in
            try await SampleNode.with(.sqlite, environment: Self.environment(), inBackground: false) {
                node, people in
                let steward = try people.principal("steward")
                let letters = node.letters
                let series = try await letters.setSeries("河民", by: steward)
                let letter = try await letters.enter(LetterWorld.outgoing(series, node), by: steward)
                let came = try await letters.enter(LetterWorld.incoming(node), by: steward)
                let macros = PackedFolder(
                    made: [("xl/workbook.xml", Array("<w/>".utf8)), ("xl/vbaProject.bin", [1])]).bytes
                for (kind, bytes, name, fault) in [
                    (LetterFile.Kind.attachment, [UInt8](), "a.pdf", FileFault.empty),
                    (.attachment, [1, 0, 2], "a.pdf", .unknownFormat),
                    (.attachment, LetterWorld.pdf, "a.png", .endingDiffers(ending: "png", format: "PDF")),
                    (.attachment, LetterWorld.pdf, "pdf", .endingDiffers(ending: "pdf", format: "PDF")),
                    (.attachment, macros, "a.xlsx", .macros),
                    (.sealed, Array("text".utf8), "a.txt", .notForSealed(format: "TEXT")),
                    (
                        .attachment, [UInt8](repeating: UInt8(ascii: "x"), count: 5_000), "a.txt",
                        .tooLarge(bytesMax: 4_096)
                    ),
                ] {
                    let path = try LetterWorld.write(bytes, "brought", in: folder)
                    let refused = await LetterWorld.fault {
                        try await letters.add(kind, fileAt: path, named: name, to: letter.id, by: steward)
                    }
                    #expect(refused == .fileRefused(fault), "\(name)")
                }
                let png = try LetterWorld.write(LetterWorld.png, "a.png", in: folder)
                #expect(
                    await LetterWorld.fault {
                        try await letters.add(.sealed, fileAt: png, named: "a.png", to: came.id, by: steward)
                    } == .stateForbids(.registered))
                await #expect(throws: PolicyError.notPermitted(.issueLetter)) {
                    try await letters.add(
                        .sealed, fileAt: png, named: "a.png", to: letter.id, by: steward.asLeader)
                }
                try await letters.add(.attachment, fileAt: png, named: "a.png", to: came.id, by: steward)
                try await letters.void(letter.id, because: "x", by: steward)
                #expect(
                    await LetterWorld.fault {
                        try await letters.add(
                            .sealed, fileAt: png, named: "a.png", to: letter.id, by: steward)
                    } == .stateForbids(.voided))
                let left = try? FileManager.default.subpathsOfDirectory(
                    atPath: "\(node.folder.path)/letters/\(letter.id)")
                #expect(left ?? [] == [])
            }
        }
    }

    @Test func `are refused for a mark of secrecy`() async throws {
        try await LetterWorld.withFolder { folder in
            try await SampleNode.with(.sqlite, environment: Self.environment(), inBackground: false) {
                node, people in
                let steward = try people.principal("steward")
                let letters = node.letters
                let series = try await letters.setSeries("河民", by: steward)
                let letter = try await letters.enter(LetterWorld.outgoing(series, node), by: steward)
                let secret = PackedFolder(
                    made: [
                        ("OFD.xml", Array("<o/>".utf8)),
                        ("Doc_0/Content.xml", Array("<o><t>秘密★1年</t></o>".utf8)),
                    ]).bytes
                for (bytes, name, mark) in [
                    (LetterWorld.pdf, "机密清单.pdf", "机密"), (Array("绝密\n".utf8), "a.txt", "绝密"),
                    (secret, "a.ofd", "秘密"),
                ] {
                    let path = try LetterWorld.write(bytes, "brought", in: folder)
                    do {
                        try await letters.add(
                            .attachment, fileAt: path, named: name, to: letter.id, by: steward)
                        Issue.record("\(name) was taken")
                    } catch let refused as ClassifiedUpload { #expect(refused.finding.mark == mark) }
                }
            }
        }
    }

    @Test func `are scanned when a scanner is set, and refused when it gives no answer`() async throws {
        try await LetterWorld.withFolder { folder in
            let scanner = try LetterWorld.script(
                "case $(head -c 9 \"$1\") in virus*) exit 1;; broken*) exit 2;; slow*) sleep 60;; esac",
                named: "scan", in: folder)
            let environment = Self.environment(scanner: scanner, seconds: 1)
            try await SampleNode.with(.sqlite, environment: environment, inBackground: false) {
                node, people in
                let steward = try people.principal("steward")
                let letters = node.letters
                let came = try await letters.enter(LetterWorld.incoming(node), by: steward)
                func add(_ text: String) async -> LetterError? {
                    await LetterWorld.fault {
                        let path = try LetterWorld.write(Array(text.utf8), "a.txt", in: folder)
                        try await letters.add(
                            .attachment, fileAt: path, named: "a.txt", to: came.id, by: steward)
                    }
                }
                #expect(await add("virus") == .fileRefused(.infected))
                #expect(
                    await add("broken")
                        == .toolFailed(.scanner, reason: Message("letter.tool.ended", ["status": "2"])))
                #expect(
                    await add("slow")
                        == .toolFailed(.scanner, reason: Message("letter.tool.late", ["secondsMax": "1"])))
                #expect(await add("clean") == nil)
                #expect(try await letters.files(of: came).map(\.isScanned) == [true])
            }
        }
    }

    @Test func `become PDFs by the converter, and sealed ones by the sealer`() async throws {
        try await LetterWorld.withFolder { folder in
            let log = folder.appending(path: "log").path
            let converter = try LetterWorld.script(
                """
                echo "$@" > \(log)
                env | sort >> \(log)
                while [ $# -gt 1 ]; do if [ "$1" = --outdir ]; then out="$2"; fi; shift; done
                test -f "$HOME/profile/user/registrymodifications.xcu" || exit 9
                head -c 2 "$1" | grep -q PK || exit 8
                printf '%%PDF-1.7 made' > "$out/letter.pdf"
                """, named: "soffice", in: folder)
            let sealer = try LetterWorld.script(
                "cat \"$1\" > \"$2\"; echo ' sealed' >> \"$2\"", named: "seal", in: folder)
            let environment = Self.environment(converter: converter, sealer: sealer)
            try await SampleNode.with(.sqlite, environment: environment, inBackground: false) {
                node, people in
                let steward = try people.principal("steward")
                let letters = node.letters
                let series = try await letters.setSeries("河民", by: steward)
                let letter = try await letters.enter(LetterWorld.outgoing(series, node), by: steward)
                let pdf = try await letters.pdf(of: letter, with: nil, for: steward)
                #expect(String(decoding: pdf, as: UTF8.self) == "%PDF-1.7 made")
                let said = try String(contentsOfFile: log, encoding: .utf8)
                #expect(said.contains("--headless") && said.contains("--convert-to pdf --outdir "))
                #expect(said.contains("-env:UserInstallation=file://") && !said.contains("HEADWATERS"))
                let sealed = try await letters.seal(letter.id, with: nil, by: steward)
                #expect(sealed.kind == .sealed && sealed.name == "\(letter.number).pdf")
                #expect(try await letters.letter(letter.id, for: steward).state == .sealed)
                let content = try await letters.file(sealed.id, of: letter.id, for: steward).content
                #expect(String(decoding: content, as: UTF8.self) == "%PDF-1.7 made sealed\n")
                // Nothing is left of the runs.
                let temporary = LakeFolder(root: node.folder.path).temporary
                let left = try FileManager.default.contentsOfDirectory(atPath: temporary)
                #expect(left.filter { $0.hasPrefix("letter-") } == [])
            }
        }
    }

    @Test func `say what the converter did when it made nothing, and end it with its children`() async throws
    {
        try await LetterWorld.withFolder { folder in
            let mark = folder.appending(path: "still-there").path
            for (name, lines, key) in [
                ("none", "exit 0", "letter.tool.nothing-made"), ("failed", "exit 77", "letter.tool.ended"),
                ("killed", "kill -9 $$", "letter.tool.signalled"),
                ("late", "(sleep 3; touch \(mark)) & sleep 60", "letter.tool.late"),
                (
                    "other",
                    "while [ $# -gt 1 ]; do if [ \"$1\" = --outdir ]; then out=\"$2\"; fi; shift; done\n"
                        + "echo html > \"$out/letter.pdf\"", "letter.tool.nothing-made"
                ),
                (
                    "large",
                    "while [ $# -gt 1 ]; do if [ \"$1\" = --outdir ]; then out=\"$2\"; fi; shift; done\n"
                        + "(printf '%%PDF-'; head -c 9000 /dev/zero) > \"$out/letter.pdf\"",
                    "letter.document.too-large"
                ),
            ] {
                let tools = OutsideTools(
                    converter: try LetterWorld.script(lines, named: name, in: folder), secondsMax: 1,
                    gate: OutsideGate())
                let fault = await LetterWorld.fault {
                    _ = try await tools.pdf(of: [1], bytesMax: 4_096, in: folder.path)
                }
                guard case .toolFailed(.converter, let reason) = fault else {
                    Issue.record("\(name): \(String(describing: fault))")
                    continue
                }
                #expect(reason.key == key, "\(name)")
            }
            let absent = OutsideTools(converter: "/nowhere/soffice", secondsMax: 1, gate: OutsideGate())
            let fault = await LetterWorld.fault {
                _ = try await absent.pdf(of: [1], bytesMax: 10, in: folder.path)
            }
            #expect(fault == .toolFailed(.converter, reason: Message("letter.tool.unstarted")))
            try await Task.sleep(for: .seconds(3))
            #expect(!FileManager.default.fileExists(atPath: mark))
        }
    }

    @Test func `run no more than a few at once`() {
        let gate = OutsideGate()
        #expect((0..<6).map { _ in gate.enter() } == [true, true, true, true, false, false])
        gate.leave()
        #expect(gate.enter())
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")))
    func `become PDFs by LibreOffice where it is installed`() async throws {
        try await LetterWorld.withFolder { folder in
            let tools = OutsideTools(converter: "/usr/bin/soffice", secondsMax: 120, gate: OutsideGate())
            let pdf = try await tools.pdf(
                of: BuiltInTemplate.document.bytes, bytesMax: 20 << 20, in: folder.path)
            #expect(LetterFile.Format(of: pdf) == .pdf)
        }
    }
}

extension Principal {
    /// The same person in a post that sees the register and issues nothing.
    fileprivate var asLeader: Principal {
        Principal(
            account: account, party: party, post: post, roles: [.leader], channel: channel,
            displayName: displayName)
    }
}
