import Foundation
import Kernel

/// A mail server (RFC 5321) in a process of its own: takes what a test lets it take, with or without TLS, and keeps every message.
package final class TestMailServer: @unchecked Sendable {
    package enum Security: String, Sendable { case plain, starttls, tls }

    package struct Taken: Sendable {
        package let sender: String
        package let recipient: String
        package let isEncrypted: Bool
        package let user: String
        package let greeting: String
        /// As it came, the dots of its transport taken off.
        package let message: String

        package func header(_ name: String) -> String? {
            let head = message.components(separatedBy: "\r\n\r\n").first ?? ""
            let lines = head.replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n")
            return lines.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
                .map { String($0.dropFirst(name.count + 2)) }
        }

        /// The subject, its encoded words read.
        package var subject: String {
            (header("Subject") ?? "").components(separatedBy: " ").map { word in
                guard word.hasPrefix("=?UTF-8?B?"), word.hasSuffix("?=") else { return word }
                let coded = String(word.dropFirst(10).dropLast(2))
                return Data(base64Encoded: coded).map { String(decoding: $0, as: UTF8.self) } ?? word
            }.joined(separator: (header("Subject") ?? "").contains("=?") ? "" : " ")
        }

        /// The text, decoded.
        package var text: String {
            let body = message.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
            let coded = body.filter { !$0.isWhitespace }
            return Data(base64Encoded: coded).map { String(decoding: $0, as: UTF8.self) } ?? body
        }
    }

    package let port: Int
    /// PEM, to be trusted.
    package let authority: String
    private let folder: URL
    private let security: Security
    private var server: Process

    private init(_ security: Security, folder: URL) throws {
        self.security = security
        self.folder = folder
        authority = folder.appending(path: "cert.pem").path
        (server, port) = try Self.start(security, on: 0, in: folder)
    }

    private static func start(
        _ security: Security, on port: Int, in folder: URL
    ) throws -> (process: Process, port: Int) {
        let started = try run(
            "/usr/bin/env", ["python3", "server.py", security.rawValue, String(port)], in: folder)
        let said = started.output.fileHandleForReading.availableData
        return (started.process, Int(String(decoding: said, as: UTF8.self).filter(\.isNumber)) ?? 0)
    }

    /// Nobody listens any more.
    package func stop() {
        // A test program ignores SIGTERM, and what it starts inherits that.
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }

    /// At the same port, with all that it took before.
    package func restart() throws { server = try Self.start(security, on: port, in: folder).process }

    /// From now on: what is answered to `RCPT TO` by address (`*`: to any), to the end of a message, and which user with which
    /// password is let in.
    package func behave(
        recipients: [String: String] = [:], data: String? = nil, user: (name: String, password: String)? = nil
    ) throws {
        let rules: JSON = [
            "rcpt": .object(recipients.mapValues { .string($0) }), "data": data.map { .string($0) } ?? .null,
            "user": user.map { .array([.string($0.name), .string($0.password)]) } ?? .null,
        ]
        try Data(rules.canonical.utf8).write(to: folder.appending(path: "rules.json"), options: .atomic)
    }

    package func taken() throws -> [Taken] {
        let path = folder.appending(path: "messages.ndjson").path
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return try data.split(separator: 10).map { line in
            let json = try JSON.parse(Array(line))
            func text(_ name: String) -> String { json[name]?.string ?? "" }
            return Taken(
                sender: text("from"), recipient: text("to"), isEncrypted: text("tls") == "yes",
                user: text("user"), greeting: text("ehlo"), message: text("data"))
        }
    }

    package static func serve<Result>(
        _ security: Security = .plain, _ body: (TestMailServer) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(program.utf8).write(to: folder.appending(path: "server.py"))
        if security != .plain {
            let made = try run(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                    "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                ], in: folder)
            made.process.waitUntilExit()
        }
        let server = try TestMailServer(security, folder: folder)
        defer { server.stop() }
        return try await body(server)
    }

    private static func run(
        _ program: String, _ arguments: [String], in folder: URL
    ) throws -> (process: Process, output: Pipe) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output)
    }

    /// Python's own sockets and TLS: nothing else here speaks both sides of STARTTLS.
    private static let program = """
        import base64, json, os, socketserver, ssl, sys
        security = sys.argv[1]
        context = None
        if security != "plain":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain("cert.pem", "key.pem")
        def rules():
            return json.load(open("rules.json")) if os.path.exists("rules.json") else {}
        class Session(socketserver.BaseRequestHandler):
            def say(self, line):
                self.file.write((line + "\\r\\n").encode()); self.file.flush()
            def encrypt(self):
                self.request = context.wrap_socket(self.request, server_side=True)
                self.file = self.request.makefile("rwb"); self.tls = "yes"
            def handle(self):
                self.tls, self.user, self.ehlo, sender, recipient = "no", "", "", "", ""
                try:
                    if security == "tls": self.encrypt()
                    else: self.file = self.request.makefile("rwb")
                    self.say("220 test ESMTP")
                    while True:
                        line = self.file.readline().decode().rstrip("\\r\\n")
                        if not line: return
                        verb, now = line.upper(), rules()
                        if verb.startswith(("EHLO", "HELO")):
                            self.ehlo = line[5:]
                            if security == "starttls" and self.tls == "no": self.say("250-test"); self.say("250 STARTTLS")
                            else: self.say("250-test"); self.say("250 AUTH PLAIN")
                        elif verb == "STARTTLS" and security == "starttls":
                            self.say("220 go"); self.encrypt()
                        elif verb.startswith("AUTH PLAIN"):
                            given = line[11:]
                            if not given: self.say("334 "); given = self.file.readline().decode().strip()
                            parts = base64.b64decode(given).decode().split("\\0")
                            if now.get("user") == parts[1:]: self.user = parts[1]; self.say("235 in")
                            else: self.say("535 no")
                        elif verb.startswith("MAIL FROM"):
                            if now.get("user") and not self.user: self.say("530 authenticate"); continue
                            sender = line[11:-1] if line.endswith(">") else line.split("<")[1].split(">")[0]; self.say("250 ok")
                        elif verb.startswith("RCPT TO"):
                            recipient = line.split("<")[1].split(">")[0]
                            refused = now.get("rcpt", {}); answer = refused.get(recipient, refused.get("*"))
                            self.say(answer or "250 ok")
                        elif verb == "DATA":
                            self.say("354 go"); lines = []
                            while True:
                                part = self.file.readline().decode()
                                if part == "" or part == ".\\r\\n": break
                                lines.append(part[1:] if part.startswith(".") else part)
                            if now.get("data"): self.say(now["data"]); continue
                            with open("messages.ndjson", "a") as kept:
                                kept.write(json.dumps({"from": sender, "to": recipient, "tls": self.tls, "user": self.user,
                                                       "ehlo": self.ehlo, "data": "".join(lines)}) + "\\n")
                            self.say("250 taken")
                        elif verb == "QUIT": self.say("221 bye"); return
                        else: self.say("250 ok")
                except OSError: pass
        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
        with Server(("127.0.0.1", int(sys.argv[2])), Session) as server:
            sys.stdout.write(str(server.server_address[1]) + "\\n")
            sys.stdout.flush()
            server.serve_forever()
        """
}
