import Foundation
import Kernel
import Lake
import TestKit
import Testing

@Suite struct `The command line` {
    private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: try TestEngine.launch().executable)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    @Test func `is documented as it is`() throws {
        let manual = try run(["manual"])
        #expect(manual.status == 0)
        try Golden.expect(manual.output, at: "docs/cli.md")
    }

    @Test func `makes a city, proves its release, and does not believe a stranger's keys`() throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-cli-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let city = root.appending(path: "city").path
        let demo = try run(["demo", "--data", city, "--once", "--rows", "300", "--json"])
        #expect(demo.status == 0)
        let answer = try JSON.parse(demo.output)
        let receipt = try #require(answer["receipt"]?.string)
        let file = try #require(answer["file"]?.string)
        #expect(try run(["verify", receipt, "--data", city, "--released", file]).status == 0)

        let other = root.appending(path: "other").path
        #expect(try run(["init", "--data", other]).status == 0)
        #expect(try run(["verify", receipt, "--data", other]).status == 1)

        var bytes = try Data(contentsOf: URL(filePath: file))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: file))
        #expect(try run(["verify", receipt, "--data", city, "--released", file]).status == 1)
        // A folder that is a city's already is left alone.
        #expect(try run(["demo", "--data", city, "--once"]).status == 6)
    }
}
