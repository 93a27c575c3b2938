import Foundation
import Glibc
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@Suite struct `The program as a process` {
    @Test func `serves on a free port, and SIGTERM ends it in order`() async throws {
        try await SampleSite.with(.sqlite) { site in
            let served = try await site.serve()
            #expect(try await served.readiness() == (200, "ready"))
            let answer = try await served.post(
                "/api/v1/grants/\(site.outcome.grant)/lookups", token: try site.token("consumer"),
                json: ["column": "身份证号", "keys": ["441600000000000000"]])
            #expect(answer.status == 200)
            #expect(answer.json["rows"]?.array?.isEmpty == true)
            served.program.send(SIGTERM)
            let ended = try await served.program.ended(secondsMax: 20)
            #expect(ended.status == 0 && !ended.isSignalled)
        }
    }

    @Test func `says by its exit code and on standard error what is wrong`() async throws {
        let ended = try await Program.run(["serve", "--data", "/nonexistent", "--language", "en"])
        #expect(ended.status != 0 && !ended.isSignalled)
        #expect(ended.errors.contains("/nonexistent"))
        #expect(ended.output.isEmpty)
    }

    @Test func `tells of a wrong option to serve as of any command's, by the program's name`() async throws {
        let wrong = try await Program.run(["serve", "--data", "/nonexistent", "--prot", "1"])
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("--prot") && wrong.errors.contains("headwaters serve"))
        let help = try await Program.run(["serve", "--help"])
        #expect(help.status == 0 && help.output.contains("USAGE: headwaters serve"))
    }
}

@Suite struct `init killed at any point` {
    @Test func `goes on where it was stopped, and makes one node`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-init-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var finished: String?
        for milliseconds in [20, 60, 100, 140, 180, 220, 260] {
            let program = try Program(["init", "--data", folder.path, "--json"])
            try await Task.sleep(for: .milliseconds(milliseconds))
            program.kill()
            let ended = try await program.ended()
            if !ended.isSignalled, ended.status == 0 { finished = ended.output }
            if finished != nil { break }
        }
        if finished == nil {
            let last = try await Program.run(["init", "--data", folder.path, "--json"])
            // 6: the last kill came after the node was whole; what follows sees that it is.
            #expect([0, 6].contains(last.status), "\(last.errors)")
        }
        let again = try await Program.run(["init", "--data", folder.path, "--language", "en"])
        #expect(again.status != 0 && again.errors.contains(folder.path))
        let served = try await ServedSite.start(data: folder.path)
        #expect(try await served.readiness() == (200, "ready"))
        served.program.send(SIGTERM)
        #expect(try await served.program.ended(secondsMax: 40).status == 0)
        let node = try await Node.open(NodeFolder(folder), environment: [:], worker: try TestEngine.launch())
        #expect(try await node.parties.all(on: node.clock.now().date()).count > 30)
        await node.close()
    }
}
