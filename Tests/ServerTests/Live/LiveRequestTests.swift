import Casework
import Exchange
import Foundation
import Hooking
import Kernel
import Lake
import Persistence
import Policy
import Server
import TestKit
import Testing

/// What a unit can ask for of an entry that is only asked live, and what its provider sees.
@Suite struct `A request for a live entry` {
    @Test func `offers look-ups and verify calls alone, and is not submitted with anything else`()
        async throws
    {
        try await LiveWorld.hooked(.sqlite) { node, people, _, hook in
            let consumer = try people.principal("consumer")
            let browser = try await TrialPages.browser(node, people, "consumer")
            let form = try await browser.get("/catalogue/\(hook.entry)/request")
            #expect(form.status == 200)
            for kind in DeliveryKind.allCases {
                let isOffered = form.text.contains("value=\"\(kind.rawValue)\"")
                #expect(isOffered == LiveFacts.deliveries.contains(kind), "\(kind)")
            }
            for kind in DeliveryKind.allCases where !LiveFacts.deliveries.contains(kind) {
                let request = try await node.exchange.draft(
                    hook.entry, LiveWorld.wish(node, [.lookup, kind]), by: consumer)
                let faults = try await node.exchange.faults(of: request)
                #expect(
                    faults.map { "\($0.name) \($0.message.key)" } == [
                        "deliveries exchange.delivery-not-live"
                    ],
                    "\(kind)")
                await #expect(throws: ExchangeError.self, "\(kind)") {
                    try await node.exchange.perform(
                        .submit, on: request.id, seen: request.file.revision, by: consumer)
                }
            }
        }
    }

    @Test func `is decided without a dry run, because no rows are here to count`() async throws {
        try await LiveWorld.hooked(.sqlite) { node, people, service, hook in
            var request = try await node.exchange.draft(
                hook.entry, LiveWorld.wish(node, [.lookup]), by: people.principal("consumer"))
            for (act, person) in [
                (RequestAct.submit, "consumer"), (.signOff, "county-cdo"), (.accept, "reviewer"),
            ] {
                request = try await node.exchange.perform(
                    act, on: request.id, seen: request.file.revision, by: people.principal(person))
            }
            let asked = service.asked.count
            let id = request.id
            await #expect(throws: ExchangeError.liveNotTried) {
                try await node.exchange.trial(of: id, by: people.principal("cdo"))
            }
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let page = try await cdo.get("/requests/\(id)")
            #expect(page.status == 200 && !page.text.contains("/requests/\(id)/trials"))
            #expect(service.asked.count == asked)
        }
    }
}
