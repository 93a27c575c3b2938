import Kernel
import Testing

@Suite struct `Kernel: days and moments as text` {
    @Test func `what is written is read again, from year 1 to year 9999`() throws {
        var random = SystemRandomNumberGenerator()
        let first = try #require(CalendarDate("0001-01-01")), last = try #require(CalendarDate("9999-12-31"))
        for _ in 0..<2_000 {
            let day = CalendarDate(
                daysSince1970: Int.random(in: first.daysSince1970...last.daysSince1970, using: &random))
            #expect(CalendarDate(day.description) == day)
            let span =
                Int64(first.daysSince1970) * 86_400_000_000...Int64(last.daysSince1970) * 86_400_000_000
            let moment = Instant(microseconds: Int64.random(in: span, using: &random))
            #expect(Instant(moment.description) == moment)
        }
    }

    @Test(arguments: [
        "", "2026", "2026-1-05", "2026-01-5", "26-01-05", "2026/01/05", "2026-02-30", "2025-02-29",
        "0000-01-01",
        "2026-13-01", "2026-00-10", "2026-01-00", "+026-01-01", "2026-01-051", " 2026-01-05", "２０２６-01-05",
        "2026-01-0٣",
    ])
    func `a text that is no day is refused`(_ text: String) { #expect(CalendarDate(text) == nil) }

    @Test(arguments: [
        "2026-11-25", "2026-11-25T24:00:00.000000Z", "2026-11-25T06:60:00.000000Z",
        "2026-11-25T06:30:60.000000Z",
        "2026-02-30T06:30:00.000000Z", "2026-11-25T06:30:00.00000Z", "2026-11-25T06:30:00Z",
        "2026-11-25T06:30:00.000000+", "2026-11-25 06:30:00.000000Z", "2026-11-25t06:30:00.000000z",
    ])
    func `a text that is no moment is refused`(_ text: String) { #expect(Instant(text) == nil) }

    @Test func `one wrong byte anywhere makes it no moment, or another one`() throws {
        let written = Array("2026-11-25T06:30:00.123456Z".utf8)
        let moment = try #require(Instant(String(decoding: written, as: UTF8.self)))
        for place in written.indices {
            for byte in UInt8(1)...127 where byte != written[place] {
                var damaged = written
                damaged[place] = byte
                let text = String(decoding: damaged, as: UTF8.self)
                let read = Instant(text)
                #expect(read != moment)
                #expect(read == nil || read?.description == text)
            }
        }
    }
}
