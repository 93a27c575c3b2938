import Cryptography
import Foundation
import Kernel
import Persistence
import Release
import Server
import TestKit
import Testing

@Suite struct `An altered receipt` {
    /// Two thousand damages to a real receipt: each is refused, or left every signed and proven word as it was.
    @Test func `is never believed`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 200) { _ in }.run()
            let good = [UInt8](try Data(contentsOf: outcome.receipt))
            let json = try JSON.parse(good)
            let keys = node.keys.trustedKeys
            _ = try ReceiptDocument(json).verify(trusting: keys)
            var random = SampleRandom(seed: 41)
            var refused = 0
            for round in 0..<2_000 {
                let bytes =
                    round % 10 == 0
                    ? Damage.noise(bytesMax: 500, using: &random) : Damage.done(to: good, using: &random)
                guard let altered = try? JSON.parse(bytes), altered.canonical != json.canonical else {
                    continue
                }
                refused += 1
                #expect(throws: (any Error).self, "\(altered.pretty)") {
                    try ReceiptDocument(altered).verify(trusting: keys)
                }
            }
            #expect(refused > 50)
        }
    }
}
