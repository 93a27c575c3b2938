import Foundation
import TestKit

extension Damage {
    /// How many rounds and from which seed: `HEADWATERS_FUZZ=50` does fifty times as many as a test says, from a seed of that moment,
    /// which is printed.
    static func rounds(_ usual: Int, seed: UInt64) -> (count: Int, random: SampleRandom) {
        guard let factor = ProcessInfo.processInfo.environment["HEADWATERS_FUZZ"].flatMap({ Int($0) }),
            factor > 0
        else { return (usual, SampleRandom(seed: seed)) }
        let chosen = UInt64.random(in: 0...UInt64.max)
        print("fuzzing \(usual * factor) rounds from seed \(chosen)")
        return (usual * factor, SampleRandom(seed: chosen))
    }
}
