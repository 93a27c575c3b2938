import Kernel
import Release
import TestKit
import Testing

@Suite struct `Runs of citizen numbers` {
    private func longest(_ keys: [String]) -> Int {
        var runs = KeyRuns()
        for (row, key) in keys.enumerated() { runs.add(key, row: Int32(row)) }
        return runs.longest()?.length ?? 0
    }

    private let day = CalendarDate(daysSince1970: 9_000)

    @Test func `are found in any order, and end where a number is left out`() {
        let numbers = (0..<40).map { SampleNumbers.citizenID(birth: day, serial: $0) }
        #expect(longest(numbers.shuffled()) == 40)
        #expect(longest(numbers.filter { $0 != numbers[25] }.shuffled()) == 25)
        #expect(longest(numbers.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)) == 1)
    }

    @Test func `are not made longer by numbers that stand twice`() {
        let numbers = (0..<5).map { SampleNumbers.citizenID(birth: day, serial: $0) }
        #expect(longest(numbers + numbers + numbers) == 5)
    }

    @Test func `go over months and years when birthdays are counted up`() {
        let eve = CalendarDate(daysSince1970: 10_950)
        let numbers = (0..<60).map { SampleNumbers.citizenID(birth: eve.adding(days: $0), serial: 7) }
        #expect(longest(numbers.reversed()) == 60)
    }

    @Test func `are none in a list of people, a hundred thousand long`() {
        var random = SampleRandom(seed: 9)
        let people = (0..<100_000).map { _ in
            SampleNumbers.citizenID(
                birth: CalendarDate(daysSince1970: Int(random.next() % 25_000)),
                serial: Int(random.next() % 1_000))
        }
        #expect(longest(people) < 6)
        #expect(longest(["", "44160019900101", "x", "441600199013010010"]) == 0)
    }
}
