import Kernel
import Persistence
import Server
import TestKit
import Testing
import Web

@Suite struct `The words of the program` {
    @Test func `are said once, in both languages`() { #expect(Node.words.faults == []) }
}

@Suite struct `The routes of the program` {
    @Test func `each have the guard that was reviewed`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let site = try node.site { _ in }
            try Golden.expect(site.routes(with: node.routes).table, at: "Tests/Golden/routes.txt")
        }
    }
}

@Suite struct `The pages of the program` {
    @Test func `show what their templates name, and nothing else`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let site = try node.site { _ in }
            // Partials that no page of a domain needs yet are held by the gallery's own test.
            let faults = PageContract.faults(site.templates, Node.pages).filter { !$0.hasPrefix("web/_") }
            #expect(faults == [])
            let looks = try PageChecks.faults(site.templates, Node.pages)
            #expect(looks == [])
        }
    }
}
