import Foundation
import Kernel
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `The comparison of versions on a page` {
    @Test func `shows its keeper what changed, with values masked, and nobody else`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let number = "441600199001011235"
            #expect(CitizenID.isValid(number))
            let defined = try await world.hook("code,amount\n\(number),1\nb,2\n", by: browser)
            let hook = try #require(defined.location)
            _ = try await world.ended(
                try await browser.post("\(hook)/publications", [("revision", "1")]))
            let one = try await browser.get("\(hook)/comparison")
            #expect(one.status == 200 && one.text.contains("Two versions are needed"))
            #expect(!(try await browser.get(hook)).text.contains("/comparison"))

            let again = try await world.hook("code,amount\n\(number),10\nc,3\n", by: browser)
            #expect(again.location == hook)
            let form = try await browser.get(hook)
            let revision = try #require(
                form.text.firstMatch(of: /name="revision" value="([0-9]+)"/).map { String($0.1) })
            _ = try await world.ended(
                try await browser.post("\(hook)/publications", [("revision", revision)]))
            #expect(try await browser.get(hook).text.contains("\(hook)/comparison"))
            // A busy machine may be told how far it is first.
            var page = try await browser.get("\(hook)/comparison")
            for _ in 0..<300 where page.text.contains("/comparison/cancellation") {
                try await Task.sleep(for: .milliseconds(200))
                page = try await browser.get("\(hook)/comparison")
            }
            #expect(page.status == 200 && page.text.contains("version 2"))
            #expect(page.text.contains("Changed rows") || page.text.contains("There is no key"))
            #expect(!page.text.contains(number))
            let back = try await browser.get("\(hook)/comparison?before=2&after=1")
            #expect(back.status == 200)
            let given = try await browser.post(
                "\(hook)/comparison/cancellation?before=1&after=2", [])
            #expect(given.status == 303 && given.location == hook)
            let odd = try await browser.get("\(hook)/comparison?before=x&after=99")
            #expect(odd.status == 200)
            let stranger = try await world.browser("market-steward")
            #expect(try await stranger.get("\(hook)/comparison").status == 404)
            #expect(try await stranger.post("\(hook)/comparison/cancellation", []).status == 404)
            #expect(try await world.browser("consumer").get("\(hook)/comparison").status == 403)
        }
    }
}
