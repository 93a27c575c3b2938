import Foundation
import TestKit

extension Damage {
    /// Hands out numbered rounds of chance: `usual` of them from `seed`, or with `HEADWATERS_FUZZ=600` as many as fit into 600 seconds,
    /// from a seed of that moment, which is printed.
    static func rounds(
        _ usual: Int, seed: UInt64, _ round: (_ number: Int, _ random: inout SampleRandom) throws -> Void
    ) rethrows {
        guard let seconds = ProcessInfo.processInfo.environment["HEADWATERS_FUZZ"].flatMap({ Int($0) }),
            seconds > 0
        else {
            var random = SampleRandom(seed: seed)
            for number in 0..<usual { try round(number, &random) }
            return
        }
        let chosen = UInt64.random(in: 0...UInt64.max)
        print("fuzzing for \(seconds) s from seed \(chosen)")
        var random = SampleRandom(seed: chosen)
        let end = ContinuousClock.now + .seconds(seconds)
        var number = 0
        defer { print("fuzzed \(number) rounds from seed \(chosen)") }
        while ContinuousClock.now < end || number < usual {
            try round(number, &random)
            number += 1
        }
    }
}
