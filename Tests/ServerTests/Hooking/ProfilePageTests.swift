import Foundation
import Kernel
import Server
import TestKit
import Testing

@Suite struct `The profile of an entry on a page` {
    @Test func `tells shapes and recognised kinds, and shows values only where there are few`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let empty = try await browser.get("/catalogue/\(world.entry)/profile")
            #expect(empty.status == 200 && empty.text.contains("No version has been published yet"))
            var text = "code,amount\n"
            for number in 0..<200 { text += "X\(1000 + number),\(number % 2 == 0 ? "70" : "80")\n" }
            let defined = try await world.hook(text, by: browser)
            let hook = try #require(defined.location)
            _ = try await world.ended(try await browser.post("\(hook)/publications", [("revision", "1")]))
            let page = try await browser.get("/catalogue/\(world.entry)/profile")
            #expect(
                page.status == 200 && page.text.contains("70 … 80") && page.text.contains("5 to 5 characters")
            )
            #expect(!page.text.contains("X1000"), "one of many values")
            #expect(
                try await browser.get("/catalogue/\(world.entry)/profile?format=csv").text.contains("amount"))
            #expect(
                try await world.browser("consumer").get("/catalogue/\(world.entry)/profile").status == 403)
        }
    }
}
