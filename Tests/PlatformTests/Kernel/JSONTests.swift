import Kernel
import TestKit
import Testing

@Suite struct `Kernel: JSON` {
    private func random(_ generator: inout SampleRandom, depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .boolean(Bool.random(using: &generator))
        case 2:
            return .integer(Int64.random(in: -JSON.exactIntegerMax...JSON.exactIntegerMax, using: &generator))
        case 3, 4: return .string(text(&generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(&generator, depth: depth - 1)
                })
        default:
            return .object(
                Dictionary(
                    (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                        (text(&generator), random(&generator, depth: depth - 1))
                    }, uniquingKeysWith: { first, _ in first }))
        }
    }

    private func text(_ generator: inout SampleRandom) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "/", "河", "源", "é", "\u{301}", "\u{FFFD}",
            "😀", "\u{E000}", "\u{10FFFF}",
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<8, using: &generator) {
            scalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
        }
        return String(scalars)
    }

    @Test func `what is written reads back the same, compact and pretty`() throws {
        var generator = SampleRandom(seed: 1)
        for _ in 0..<2000 {
            let value = random(&generator, depth: 4)
            #expect(try JSON.parse(value.canonicalBytes).canonicalBytes == value.canonicalBytes)
            #expect(try JSON.parse(value.pretty) == value)
        }
    }

    @Test func `damaged texts are refused or read, never trusted beyond their end`() {
        var generator = SampleRandom(seed: 2)
        for _ in 0..<3000 {
            var bytes = random(&generator, depth: 3).canonicalBytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
                }
            }
            do throws(JSONFault) {
                let value = try JSON.parse(bytes)
                #expect((try? JSON.parse(value.canonicalBytes)) != nil)
            } catch {
                #expect((0...bytes.count).contains(error.byteOffset) && error.line >= 1)
            }
        }
    }

    @Test func `members are sorted by UTF-16 units as RFC 8785 shows`() throws {
        let text = """
            {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",\
            "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}
            """
        let canonical = try JSON.parse(text).canonical
        let names = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"]
        let places = try names.map { try #require(canonical.firstRange(of: $0)).lowerBound }
        #expect(places == places.sorted())
    }

    @Test(arguments: [
        ("", JSONFault.Reason.endsEarly, 0), ("  ", .endsEarly, 2), ("[1,]", .unexpected, 3),
        ("{\"a\":1,}", .unexpected, 7), ("{\"a\" 1}", .unexpected, 5), ("[1 2]", .unexpected, 3),
        ("nul", .endsEarly, 3), ("nulL", .unexpected, 3), ("01", .unexpected, 1), ("-", .endsEarly, 1),
        ("+1", .unexpected, 0), ("1.5", .notAnInteger, 0), ("[1e3]", .notAnInteger, 1),
        ("9223372036854775808", .integerTooLarge, 0), ("\"a", .endsEarly, 2), ("\"\\x\"", .badEscape, 1),
        ("\"\\ud800\"", .badEscape, 1), ("\"\\udc00\"", .badEscape, 1), ("\"\\ud800\\u0041\"", .badEscape, 1),
        ("\"\\u12zz\"", .badEscape, 1), ("\"a\u{1}\"", .controlCharacter, 2), ("1 1", .trailingBytes, 2),
        ("{\"a\":1,\"a\":2}", .duplicateMember("a"), 7),
        ("{\"a\":1,\"\\u0061\":2}", .duplicateMember("a"), 7),
        ("\u{FEFF}1", .unexpected, 0), ("{1:2}", .unexpected, 1), ("'a'", .unexpected, 0),
        ("NaN", .unexpected, 0),
    ])
    func `a fault has a reason and a place`(text: String, reason: JSONFault.Reason, offset: Int) {
        #expect {
            try JSON.parse(text)
        } throws: { error in
            let fault = error as? JSONFault
            return fault?.reason == reason && fault?.byteOffset == offset
        }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes: [UInt8] in [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] {
            #expect { try JSON.parse(bytes) } throws: { ($0 as? JSONFault)?.reason == .notUTF8 }
        }
    }

    @Test func `lines are counted for the reader`() {
        #expect { try JSON.parse("{\n\"a\": 1,\n\"b\": x}") } throws: { ($0 as? JSONFault)?.line == 3 }
    }

    @Test func `integers are exact to the ends of 64 bits`() throws {
        #expect(try JSON.parse("-9223372036854775808") == .integer(.min))
        #expect(try JSON.parse("9223372036854775807") == .integer(.max))
        #expect(JSON.integer(.max).canonical == "\"9223372036854775807\"")
        #expect(try JSON.parse("-0") == 0)
    }

    @Test func `size, depth and number of values are limited`() {
        let limits = JSON.Limits(bytesMax: 100, depthMax: 3, valuesMax: 10)
        func reason(_ text: String) -> JSONFault.Reason? {
            do throws(JSONFault) {
                _ = try JSON.parse(text, limits: limits)
                return nil
            } catch { return error.reason }
        }
        #expect(reason("[[[1]]]") == nil)
        #expect(reason("[[[[1]]]]") == .tooDeep(max: 3))
        #expect(reason("[1,2,3,4,5,6,7,8,9,10]") == .tooManyValues(max: 10))
        #expect(reason(String(repeating: " ", count: 101)) == .tooLarge(bytesMax: 100))
        #expect(reason("[" + String(repeating: "[", count: 90)) == .tooDeep(max: 3))
    }
}
