import DuckDB
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

/// Every vector that we have of the standards, through the functions that the engine runs and the ones that rows at hand run.
@Suite struct `Identifier vectors` {
    private static func engine() throws -> DuckDB.Connection {
        let connection = try Database(Database.Settings(memoryMebibytesMax: 256, threads: 1)).connect()
        try registerKernels(on: connection, pseudonyms: PseudonymKey())
        return connection
    }

    private static func holds(_ function: String, _ text: String) throws -> Cell {
        try engine().rows("SELECT \(function)($1)", [.text(text)])[0][0]
    }

    /// GB 11643-1999: published ones, the textbook's, and those of area 441600 that are no person's.
    @Test(arguments: [
        ("360426199101010071", true), ("44011320141005001X", true), ("11010519491231002X", true),
        ("441600199001010013", true), ("441600200012310025", true), ("441600195510100115", true),
        ("36042619910102009X", false),
    ])
    func `of citizen numbers`(_ number: String, _ isValid: Bool) throws {
        #expect(try Self.holds("hw_is_citizen_id", number) == .boolean(isValid))
        #expect(CitizenID.isValid(number) == isValid)
        let condition = RowCompiler.condition(
            try TypedExpression(
                predicate: .call(.isA(.citizenID), [.column("n")]), schema: [Column("n", .text)]))
        #expect(condition([.text(number)]) == (isValid ? .yes : .no))
    }

    /// GB 32100-2015, of every kind of body; each carries a GB 11714-1997 code with a check of its own.
    @Test(arguments: [
        "1144160000712345XB", "12441621456789011Y", "91441600MA4X2Y3W93", "92441602MA5ABCDE5K",
        "N2441622MF0123451R",
    ])
    func `of social credit codes and the organisation codes in them`(_ code: String) throws {
        #expect(try Self.holds("hw_is_uscc", code) == .boolean(true))
        #expect(SocialCreditCode.isValid(code))
        #expect(OrganisationCode.isValid(String(code.dropFirst(8).prefix(9))))
        // Any one character changed is found by one of the two checks.
        let set = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let connection = try Self.engine()
        for index in code.indices {
            for other in set where other != code[index] {
                let changed = code.replacingCharacters(in: index...index, with: String(other))
                let answer = try connection.rows("SELECT hw_is_uscc($1)", [.text(changed)])
                #expect(answer == [[.boolean(false)]], "\(changed)")
            }
        }
    }

    /// GB 32100 table 1: who registers, and what kind of body; letters too (military, rural collectives, others).
    @Test(arguments: [
        "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51", "52", "53",
        "59", "61", "62", "69", "71", "72", "79", "81", "89", "91", "92", "93", "A1", "A9", "N1", "N2", "N3",
        "N9",
        "Y1",
    ])
    func `of the first two characters of social credit codes`(_ begin: String) throws {
        let set = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        let codes = set.map { "\(begin)441600MA4X2Y3W9\($0)" }
        let connection = try Self.engine()
        let valid = try codes.filter {
            try connection.rows("SELECT hw_is_uscc($1)", [.text($0)]) == [[.boolean(true)]]
        }
        #expect(valid.count == 1)
        #expect(codes.filter { SocialCreditCode.isValid($0) } == valid)
    }

    /// Whole, cut, changed and empty, through the engine's function, the row program's, and the kernel itself.
    @Test(arguments: Identifier.allCases)
    func `are judged alike by the engine and by rows at hand`(identifier: Identifier) throws {
        let connection = try Self.engine()
        let condition = RowCompiler.condition(
            try TypedExpression(
                predicate: .call(.isA(identifier), [.column("n")]), schema: [Column("n", .text)]))
        var random = SampleRandom(seed: 441_600)
        var held = 0
        for text in Self.samples {
            var texts = [text, String(text.dropLast()), text + "0", " " + text, ""]
            let bytes = Array(text.utf8)
            for _ in 0..<20 {
                texts.append(String(decoding: Damage.done(to: bytes, using: &random), as: UTF8.self))
            }
            for text in texts {
                let expected = identifier.holds(text)
                held += expected ? 1 : 0
                let answer = try connection.rows(
                    "SELECT \(Expression.Function.isA(identifier).engineName)($1)", [.text(text)])
                #expect(answer == [[.boolean(expected)]], "\(text)")
                #expect(condition([.text(text)]) == (expected ? .yes : .no), "\(text)")
            }
        }
        #expect(held > 0)
        #expect(condition([.null]) == .unknown)
    }

    private static let samples = [
        "441600199001010013", "91441600MA4X2Y3W93", "MA4X2Y3W9", "13800138000", "0762-3221234",
        "4111111111111111", "1M8GDM9AXKP042788", "粤P12345", "粤PD12345", "517000", "office@heyuan.gov.cn",
        "441602", "阿依古丽·买买提", "源城区建设大道12号3栋0502房",
    ]

    @Test func `of bank cards`() throws {
        #expect(try Self.holds("hw_is_bank_card", "4111111111111111") == .boolean(true))
        // Right by Luhn, and too short for a card.
        #expect(Luhn.isValid("79927398713"))
        #expect(try Self.holds("hw_is_bank_card", "79927398713") == .boolean(false))
    }

    /// GB 16735.
    @Test(arguments: ["1M8GDM9AXKP042788", "11111111111111111"])
    func `of vehicles`(_ number: String) throws {
        let bit = Int64(1) << Int64(IdentifierKind.vin.rawValue)
        guard case .integer(let bits) = try Self.holds("hw_identifier_kinds", number) else {
            Issue.record("no bits")
            return
        }
        #expect(bits & bit != 0)
    }

    @Test func `of mobile numbers, leniently`() throws {
        for number in ["13800138000", "19907620001", "16200000000"] {
            #expect(try Self.holds("hw_is_mobile", number) == .boolean(true))
        }
        for number in ["12800138000", "+8613800138000", "1380013800", "1440012345678"] {
            #expect(try Self.holds("hw_is_mobile", number) == .boolean(false))
        }
    }

    /// GB/T 2260, and what has no code in it and so bears one of our own.
    @Test func `of the divisions of Heyuan`() throws {
        let file = Golden.root.appending(path: "profiles/heyuan/divisions.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
        let names = Dictionary(
            lines.map { $0.split(separator: "\t").map(String.init) }.filter { $0.count >= 2 }.map {
                ($0[0], $0[1])
            }, uniquingKeysWith: { first, _ in first })
        for (code, name) in [
            ("441600", "河源市"), ("441602", "源城区"), ("441621", "紫金县"), ("441622", "龙川县"),
            ("441623", "连平县"), ("441624", "和平县"), ("441625", "东源县"),
        ] {
            #expect(names[code] == name)
        }
        for code in names.keys {
            let division = DivisionCode(code)
            #expect(division != nil, "\(code)")
            #expect(division?.isLocalExtension == code.contains("-"))
        }
    }
}
