import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// One call of another's service: what is sent, where it may go, and what becomes of what comes back.
@Suite struct `A call of another's service` {
    private static let client = LiveClient()

    static func source(
        _ port: Int, host: String = "127.0.0.1", path: String = "/person", method: LiveSource.Method = .get,
        _ parameters: [LiveSource.Parameter] = [
            .init("id", in: .query, .key(column: "身份证号", type: .text))
        ], credential: LiveSource.Credential = .none, records: String = "/data", seconds: Int = 20
    ) -> LiveSource {
        var source = LiveSource(
            base: "http://\(host):\(port)\(path)", method: method, parameters: parameters,
            credential: credential, records: records)
        source.limits.secondsMax = seconds
        return source
    }

    static let mapping = SourceMapping(
        encoding: nil, dialect: nil,
        columns: [
            ColumnMapping(position: 0, sourceName: "id", name: "身份证号", type: .text),
            ColumnMapping(position: 1, sourceName: "name", name: "姓名", type: .text),
            ColumnMapping(
                position: 2, sourceName: "money", name: "金额", type: .decimal(precision: 10, scale: 2)),
            ColumnMapping(position: 3, sourceName: "home.day", name: "日期", type: .date, dateFormats: [.dash]),
        ], json: JSONReading(records: "/data"))

    static func ask(
        _ source: LiveSource, _ key: String = "441600199001011234", secret: String? = nil,
        client: LiveClient = client
    ) async throws -> [[Value]] {
        let key = Value.text(key)
        let request = try LiveRequest(source, asking: "身份证号", for: key, secret: secret)
        let answer = try await client.send(request, isAbsentBy404: source.isAbsentBy404)
        return try answer.rows(of: source, mapping, asked: "身份证号", for: key)
    }

    private static let record =
        #"{"data":[{"id":"441600199001011234","name":"张三","money":12.5,"home":{"day":"2024-02-29"},"more":[1,{"a":2}]}]}"#

    @Test func `gives typed rows, and leaves out what nobody agreed on`() async throws {
        try await TestService.serve({ _ in .init(Self.record) }) { service in
            let rows = try await Self.ask(Self.source(service.port))
            #expect(
                rows == [
                    [
                        .text("441600199001011234"), .text("张三"), .decimal(unscaled: 1250, scale: 2),
                        .date(try #require(CalendarDate("2024-02-29"))),
                    ]
                ])
            #expect(service.asked.map(\.target) == ["/person?id=441600199001011234"])
        }
    }

    @Test func `a record alone, a list, an empty list and null are one, many and none`() async throws {
        try await TestService.serve({ asked in
            switch asked.target {
            case let target where target.hasSuffix("=one"): .init(#"{"data":{"id":"one"}}"#)
            case let target where target.hasSuffix("=two"): .init(#"{"data":[{"id":"two"},{"id":"two"}]}"#)
            case let target where target.hasSuffix("=none"): .init(#"{"data":[]}"#)
            default: .init(#"{"data":null}"#)
            }
        }) { service in
            for (key, count) in [("one", 1), ("two", 2), ("none", 0), ("nothing", 0)] {
                let found = try await Self.ask(Self.source(service.port), key)
                #expect(found.count == count)
            }
        }
    }

    @Test func `a key goes where it was declared to go, and is never part of anything else`() async throws {
        let key = #"a&b=c#?/ "x"张{}"#
        try await TestService.serve({ _ in .init(#"{"data":null}"#) }) { service in
            _ = try await Self.ask(Self.source(service.port), key)
            let posted = Self.source(
                service.port, method: .post,
                [
                    .init("query.id", in: .body, .key(column: "身份证号", type: .text)),
                    .init("query.kind", in: .body, .constant("1")),
                    .init("X-App", in: .header, .constant("headwaters")),
                ])
            _ = try await Self.ask(posted, key)
            let inPath = Self.source(
                service.port, path: "/person/{id}/detail",
                [.init("id", in: .path, .key(column: "身份证号", type: .text))])
            _ = try await Self.ask(inPath, "张 三%41")
            let asked = service.asked
            #expect(asked[0].target == "/person?id=a%26b%3Dc%23%3F%2F%20%22x%22%E5%BC%A0%7B%7D")
            #expect(asked[1].method == "POST" && asked[1].headers["x-app"] == "headwaters")
            #expect(
                try JSON.parse(asked[1].body) == ["query": ["id": .string(key), "kind": "1"]])
            #expect(asked[2].target == "/person/%E5%BC%A0%20%E4%B8%89%2541/detail")
            for bad in ["..", ".", "a/b", "a\\b", ""] {
                await #expect(throws: LiveFault.keyUnsuited(column: "身份证号")) {
                    try await Self.ask(inPath, bad)
                }
            }
            #expect(service.asked.count == 3)
        }
    }

    @Test func `the secret goes into its header, and one that would add a header goes nowhere`() async throws
    {
        try await TestService.serve({ _ in .init(#"{"data":null}"#) }) { service in
            let header = Self.source(
                service.port, credential: .header(name: "Authorization", prefix: "Bearer "))
            _ = try await Self.ask(header, secret: "s3cret")
            _ = try await Self.ask(Self.source(service.port, credential: .basic(user: "u")), secret: "口令")
            #expect(service.asked[0].headers["authorization"] == "Bearer s3cret")
            #expect(service.asked[1].headers["authorization"] == "Basic dTrlj6Pku6Q=")
            for bad in ["", "a\r\nX-Admin: 1", "口令"] {
                await #expect(throws: LiveFault.secretUnsuited) { try await Self.ask(header, secret: bad) }
            }
        }
    }

    @Test(arguments: [
        (#"{"data":[{"id":"k","money":"much"}]}"#, LiveFault.misfit(column: "金额", reason: .notDecimal)),
        (#"{"data":[{"id":"k","home":{"day":"2024-02-30"}}]}"#, .misfit(column: "日期", reason: .notDate)),
        (#"{"data":[{"id":"k","name":"a","name":"b"}]}"#, .misfit(column: "姓名", reason: .duplicateField)),
        (#"{"data":[{"id":"other"}]}"#, .otherKey(column: "身份证号")),
        (#"{"data":[{"name":"who"}]}"#, .otherKey(column: "身份证号")),
        (#"{"data":[{"else":1}]}"#, .strange), (#"{"data":[1]}"#, .notRecords),
        (#"{"data":"x"}"#, .notRecords),
        (#"{"result":[]}"#, .nothingThere), (#"{"data":[{"id":"k"}"#, .notJSON),
        ("<html>no</html>", .notJSON),
        (#"{"data":[]}{"data":[]}"#, .notJSON), (#"{"data":[],"data":[{"id":"k"}]}"#, .notJSON),
        ("", .notJSON),
    ])
    func `an answer that is not what was agreed gives nothing and says why`(
        _ body: String, _ fault: LiveFault
    ) async throws {
        try await TestService.serve({ _ in .init(body) }) { service in
            await #expect(throws: fault) { try await Self.ask(Self.source(service.port), "k") }
            #expect(service.asked.count == 1)
        }
    }

    @Test func `a status, a redirect, too much, too many and too late are faults`() async throws {
        let reply = ReplyBox(.init("{}", status: 500))
        try await TestService.serve({ _ in reply.value }) { service in
            // Long enough for a machine that is busy with other tests; only what comes too late is asked for with little time.
            var source = Self.source(service.port, seconds: 60)
            source.limits.answerBytesMax = 2_000
            source.limits.recordsMax = 2
            func expect(_ fault: LiveFault, _ answer: TestService.Reply, seconds: Int = 60) async {
                reply.value = answer
                source.limits.secondsMax = seconds
                await #expect(throws: fault) { try await Self.ask(source, "k") }
            }
            await expect(.status(500), .init("{}", status: 500))
            await expect(.status(404), .init("{}", status: 404))
            await expect(
                .redirected,
                .init("", status: 302, headers: ["Location": "http://127.0.0.1:\(service.port)/b"]))
            await expect(
                .answerTooLarge(bytesMax: 2_000),
                .init(#"{"data":[],"x":""# + String(repeating: "x", count: 4_000) + #""}"#))
            await expect(
                .tooManyRecords(max: 2), .init(#"{"data":[{"id":"k"},{"id":"k"},{"id":"k"}]}"#))
            await expect(
                .timedOut(secondsMax: 3), .init(#"{"data":null}"#, afterMilliseconds: 6_000), seconds: 3)
            // Neither without end nor drop by drop.
            let long = #"{"data":[],"x":""# + String(repeating: "x", count: 1_800) + #""}"#
            await expect(.timedOut(secondsMax: 3), .init(long, pauseMilliseconds: 400), seconds: 3)
            await expect(.answerTooLarge(bytesMax: 2_000), .init(long + long, pauseMilliseconds: 5))
            source.isAbsentBy404 = true
            reply.value = .init("{}", status: 404)
            let absent = try await Self.ask(source, "k")
            #expect(absent.isEmpty)
            source.success = .init(place: "/code", value: "200")
            await expect(.unsuccessful, .init(#"{"code":500,"data":[]}"#))
            await expect(.unsuccessful, .init(#"{"data":[]}"#))
            reply.value = .init(#"{"code":200,"data":[]}"#)
            let none = try await Self.ask(source, "k")
            #expect(none.isEmpty)
            #expect(!service.asked.contains { $0.target == "/b" })
        }
    }

    @Test func `a redirect to another host is not followed there`() async throws {
        try await TestService.serve({ _ in .init(#"{"data":null}"#) }) { other in
            let place = "http://127.0.0.1:\(other.port)/person"
            for status in [301, 302, 303, 307, 308] {
                try await TestService.serve({ _ in .init("", status: status, headers: ["Location": place]) })
                {
                    service in
                    await #expect(throws: LiveFault.redirected) {
                        try await Self.ask(Self.source(service.port), secret: nil)
                    }
                    #expect(service.asked.count == 1)
                }
            }
            #expect(other.asked.isEmpty)
        }
    }

    @Test func `a name that leads to this machine is not connected to`() async throws {
        try await TestService.serve({ _ in .init(#"{"data":null}"#) }) { service in
            // The resolver answers 127.0.0.1 for every name under localhost.
            await #expect(throws: LiveFault.addressRefused) {
                try await Self.ask(Self.source(service.port, host: "register.localhost"))
            }
            #expect(service.asked.isEmpty)
            let here = try await Self.ask(Self.source(service.port, host: "localhost"))
            #expect(here.isEmpty)
            await #expect(throws: LiveFault.unconnected) { try await Self.ask(Self.source(1)) }
            await #expect(throws: LiveFault.unresolved) {
                try await Self.ask(Self.source(service.port, host: "nobody.invalid"))
            }
        }
    }

    @Test func `an address admits itself, a name neither this machine nor metadata services`() throws {
        func admits(_ host: String, _ peer: String) throws -> Bool {
            try #require(ServiceAddress("http://\(host)/")).admits(try #require(NetworkAddress(peer)))
        }
        #expect(try admits("10.1.2.3", "10.1.2.3") && admits("[fd12::1]", "fd12::1"))
        #expect(try admits("register.gov.cn", "10.1.2.3") && admits("register.gov.cn", "172.16.0.9"))
        #expect(try admits("127.0.0.1", "127.0.0.1") && admits("localhost", "::1"))
        for (host, peer) in [
            ("10.1.2.3", "10.1.2.4"), ("169.254.169.254", "169.254.169.254"),
            ("register.gov.cn", "127.0.0.1"),
            ("register.gov.cn", "::1"), ("register.gov.cn", "::ffff:127.0.0.1"), ("localhost", "10.0.0.1"),
            ("register.gov.cn", "169.254.169.254"), ("register.gov.cn", "100.100.100.200"),
            ("register.gov.cn", "0.0.0.0"), ("register.gov.cn", "fe80::1"), ("register.gov.cn", "224.0.0.1"),
            ("register.gov.cn", "64:ff9b::a9fe:a9fe"),
        ] {
            #expect(try !admits(host, peer), "\(host) → \(peer)")
        }
    }

    @Test(arguments: [
        "ftp://a/", "http://user@a/", "http://a:0/", "http://a:99999/", "http://a/?q=1", "http://a/#x",
        "http://",
        "http://a b/", "http://a/../b", "http://a/张", "http://127.1/", "http://2130706433/", "http://0x7f.1/",
        "http://[fe80::1%25eth0]/", "//a/", "http://a\r\n/",
    ])
    func `what could be read in two ways is no address`(_ text: String) {
        #expect(ServiceAddress(text) == nil)
    }

    @Test func `encrypted calls trust the authorities they are given, and no others`() async throws {
        try await TLSService.serve(#"{"data":null}"#) { port, authority in
            let source = LiveSource(
                base: "https://127.0.0.1:\(port)/record.json",
                parameters: [.init("id", in: .query, .key(column: "身份证号", type: .text))], records: "/data")
            await #expect(throws: LiveFault.tls) { try await Self.ask(source) }
            let trusting = LiveClient(authoritiesFile: authority)
            // s_server looks for a file by the whole target.
            let rows = try await Self.ask(source, "1", client: trusting)
            #expect(rows.isEmpty)
        }
    }

    @Test func `a description that could not be asked is told field by field`() {
        func faults(_ change: (inout LiveSource) -> Void) -> [String] {
            var source = Self.source(80)
            change(&source)
            return source.faults(hosts: ["127.0.0.1:80"]).map { "\($0.name) \($0.message.key)" }
        }
        #expect(faults { _ in }.isEmpty)
        #expect(faults { $0.base = "http://127.0.0.1:81/" } == ["base source.live.host-not-allowed"])
        #expect(faults { $0.base = "nowhere" } == ["base source.live.base-malformed"])
        #expect(faults { $0.parameters = [] } == ["parameters source.live.key-needed"])
        #expect(
            faults { $0.parameters[0].place = .path } == ["base source.live.path-unfilled"])
        #expect(faults { $0.parameters[0].place = .body } == ["parameters source.live.body-of-get"])
        #expect(faults { $0.parameters[0].place = .header } == ["parameters source.live.key-in-header"])
        #expect(
            faults { $0.parameters.append(.init("Host", in: .header, .constant("x"))) }
                == ["parameters source.live.header-malformed"])
        #expect(faults { $0.records = "data" } == ["records source.live.pointer-malformed"])
        #expect(faults { $0.limits.secondsMax = 0 } == ["secondsMax source.live.limit"])
        #expect(liveSourceWords.faults.isEmpty)
    }

    @Test func `a probe proposes columns and types, and a column for a key that is not repeated`()
        async throws
    {
        let body = #"{"data":[{"name":"张三","money":"12.50","since":"2024-01-05","n":3}]}"#
        try await TestService.serve({ _ in .init(body) }) { service in
            let source = Self.source(service.port)
            let request = try LiveRequest(source, asking: "身份证号", for: .text("k"), secret: nil)
            let answer = try await Self.client.send(request, isAbsentBy404: false)
            let probe = try answer.probe(of: source, sample: (Column("身份证号", .text), "k"))
            #expect(probe.mapping.columns.map(\.sourceName) == ["name", "money", "since", "n", ""])
            #expect(probe.mapping.columns.map(\.name) == ["name", "money", "since", "n", "身份证号"])
            #expect(probe.mapping.columns[2].type == .date)
            #expect(probe.sampleRows == [["张三", "12.50", "2024-01-05", "3", "k"]])
            let rows = try answer.rows(of: source, probe.mapping, asked: "身份证号", for: .text("k"))
            #expect(rows.first?.last == .text("k"))
        }
    }
}

private final class ReplyBox: @unchecked Sendable {
    private let lock = NSLock()
    private var reply: TestService.Reply
    init(_ reply: TestService.Reply) { self.reply = reply }
    var value: TestService.Reply {
        get { lock.withLock { reply } }
        set { lock.withLock { reply = newValue } }
    }
}

/// The files of a folder over TLS, by OpenSSL's own test server.
private enum TLSService {
    static func serve(_ record: String, _ body: (Int, String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Sent as it stands, headers and all.
        let answer = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + record
        try Data(answer.utf8).write(to: folder.appending(path: "record.json?id=1"))
        try run(
            folder,
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                "-days",
                "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
            ]
        ).waitUntilExit()
        let port = try freePort()
        let server = try run(
            folder,
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem", "-key", "key.pem", "-HTTP",
                "-quiet",
            ])
        defer { server.terminate() }
        for _ in 0..<100 where !isListening(port) { try await Task.sleep(for: .milliseconds(50)) }
        try await body(port, folder.appending(path: "cert.pem").path)
    }

    @discardableResult
    private static func run(_ folder: URL, _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func socketTo(_ port: Int, _ act: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32)
        -> (Int32, Int)
    {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(port).bigEndian
        place.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                let code = act(descriptor, address, size)
                getsockname(descriptor, address, &size)
                close(descriptor)
                let bytes = UnsafeRawPointer(address).loadUnaligned(fromByteOffset: 2, as: UInt16.self)
                return (code, Int(UInt16(bigEndian: bytes)))
            }
        }
    }

    private static func freePort() throws -> Int { socketTo(0) { bind($0, $1, $2) }.1 }
    private static func isListening(_ port: Int) -> Bool { socketTo(port) { connect($0, $1, $2) }.0 == 0 }
}
