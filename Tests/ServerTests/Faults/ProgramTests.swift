import Foundation
import Glibc
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
}
