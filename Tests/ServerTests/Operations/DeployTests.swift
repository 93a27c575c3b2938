import Foundation
import Kernel
import TestKit
import Testing

@testable import Server

@Suite struct `The files of deploy` {
    private func text(_ name: String) throws -> String {
        try String(contentsOf: Golden.root.appending(path: "deploy/\(name)"), encoding: .utf8)
    }

    @Test func `agree with the settings`() throws {
        let proxy = try text("nginx.conf")
        let settings = try Settings(environment: [:])
        let upstream = "\(settings.text(.listenAddress)):\(settings.text(.listenPort))"
        #expect(proxy.contains("server \(upstream);"))
        #expect(settings.list(.trustedProxies).contains(settings.text(.listenAddress)))
        for header in ["X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"] {
            #expect(proxy.contains("proxy_set_header \(header);"))
        }
        let size = try #require(proxy.firstMatch(of: /client_max_body_size ([0-9]+)m;/))
        #expect((Int(size.output.1) ?? 0) << 20 > settings.integer(.uploadBytesMax))
        for match in (try text("headwaters.service") + proxy).matches(of: /HEADWATERS_[A-Z_]+/) {
            #expect(!EnvironmentName.isUnknown(String(match.output)), "\(match.output)")
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    func `are a unit that systemd takes`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "unit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The program is not installed where the unit looks for it.
        let unit = folder.appending(path: "headwaters.service")
        try text("headwaters.service").replacing("/opt/headwaters/bin/headwaters", with: "/bin/true").write(
            to: unit, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/systemd-analyze")
        process.arguments = ["verify", "--man=no", unit.path]
        let said = Pipe()
        process.standardError = said
        try process.run()
        let errors = try said.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(String(decoding: errors, as: UTF8.self))")
    }
}
