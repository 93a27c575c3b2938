import Kernel
import Testing

@Suite struct `Networks` {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("192.0.2.7", "192.0.2.7"), ("192.0.2.7/32", "192.0.2.7"),
        ("2001:0db8:0::/32", "2001:db8::/32"), ("::1", "::1"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
    ])
    func `are written in one way`(_ text: String, _ canonical: String) throws {
        let range = try #require(NetworkRange(text))
        #expect(range.text == canonical)
        #expect(NetworkRange(range.text) == range)
    }

    @Test(arguments: [
        "", "10", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/",
        "/8", "2001:db8::/129", "2001:db8::1/64", "fe80::1%eth0", "10.0.0.0/８", "010.0.0.0/8x", "localhost",
        " 10.0.0.0/8",
    ])
    func `that are none, or could mean two things, are refused`(_ text: String) {
        #expect(NetworkRange(text) == nil)
    }

    @Test func `hold an address exactly when its first bits are theirs`() throws {
        for bits in 0...32 {
            let base: UInt32 = bits == 0 ? 0 : 0xC0A8_5A5A & (UInt32.max << UInt32(32 - bits))
            let range = try #require(NetworkRange("\(Self.text(base))/\(bits)"))
            for address: UInt32 in [base, base | 1, 0xC0A8_5A5A, ~base, base ^ 0x8000_0000, base ^ 0x100] {
                let isInside = bits == 0 || (address ^ base) >> UInt32(32 - bits) == 0
                #expect(try range.contains(#require(NetworkAddress(Self.text(address)))) == isInside)
            }
        }
        let six = try #require(NetworkRange("2001:db8::/33"))
        #expect(try six.contains(#require(NetworkAddress("2001:db8:7fff::1"))))
        #expect(try !six.contains(#require(NetworkAddress("2001:db8:8000::1"))))
        #expect(try !six.contains(#require(NetworkAddress("32.1.13.184"))))
    }

    private static func text(_ address: UInt32) -> String {
        [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
    }
}

@Suite struct `The table of divisions` {
    @Test func `names what is below the city, as it was called on a day`() throws {
        let table = try DivisionTable(
            tsv: """
                # code\tname
                440000\t广东省
                441600\t河源市
                441602\t源城区
                441625\t东源县\t1993-11-01\t
                441625\t郊区\t1988-01-07\t1993-10-31
                441602-JD\t江东新区

                """)
        let early = try #require(CalendarDate(year: 1990, month: 1, day: 1))
        let late = try #require(CalendarDate(year: 2026, month: 1, day: 1))
        #expect(table.counties(on: early) == ["源城区", "郊区", "江东新区"])
        #expect(table.counties(on: late) == ["源城区", "东源县", "江东新区"])
    }

    @Test(arguments: ["441602", "44\t源城区", "441602\t", "441602\t源城区\t1988-13-01\t", "441602\t源城区\tx"])
    func `names the line that is wrong`(_ line: String) {
        #expect(throws: DivisionTable.Fault.self) { try DivisionTable(tsv: "# table\n\(line)") }
    }
}
