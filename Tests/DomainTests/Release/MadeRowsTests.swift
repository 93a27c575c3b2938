import Kernel
import Policy
import Release
import Testing

@Suite struct `Made-up rows` {
    private static let day = CalendarDate(daysSince1970: 20_000)
    private static let division = "441600"
    private static let columns: [MadeColumn] = {
        func made(_ name: String, _ type: ColumnType, _ change: (inout MadeColumn) -> Void = { _ in })
            -> MadeColumn
        {
            var column = MadeColumn(Column(name, type))
            column.identifier = type == .text ? MadeColumn.identifier(named: [name]) : nil
            change(&column)
            return column
        }
        return [
            made("身份证号", .text) { $0.isKey = true },
            made("姓名", .text) { $0.isRequired = true },
            made("备注", .text),
            made("简称", .text) { ($0.lengthMin, $0.lengthMax) = (4, 8) },
            made("区县", .text) { $0.codes = ["源城区", "东源县", "和平县"] },
            made("人数", .integer),
            made("年龄", .integer) { ($0.low, $0.high) = ("18", "60") },
            made("金额", .decimal(precision: 12, scale: 2)),
            made("比率", .double), made("有效", .boolean), made("日期", .date), made("时间", .timestamp),
        ]
    }()

    private func plan(
        _ condition: String? = nil, _ columns: [MadeColumn] = columns
    ) throws -> Plan {
        let facts = EntryFacts(
            entry: EntryID.new(), provider: PartyID.new(), sharing: .conditional,
            columns: columns.map { ColumnFacts($0.column, grade: .l2) })
        var clauses: [Clause] = [
            .columns(columns.map(\.column.name)), .purpose("核验"),
            .validity(from: Self.day, to: Self.day.adding(days: 30)), .delivery([.csv]),
        ]
        if let condition { clauses.append(.rows(try Expression(text: condition))) }
        return try Plan(Terms(clauses, facts: facts, on: Self.day), grant: GrantID.new())
    }

    private func made(
        _ condition: String? = nil, _ columns: [MadeColumn] = columns, seed: Int64 = 7, count: Int = 400
    ) throws -> MadeRows {
        try MadeRows(
            plan(condition, columns), columns, seed: seed, count: count, division: Self.division)
    }

    private func texts(_ rows: MadeRows, _ column: Int) -> [String] {
        rows.rows.compactMap { if case .text(let text) = $0[column] { text } else { nil } }
    }

    @Test func `are the same for the same seed and others for another`() throws {
        let (first, again, other) = (try made(), try made(), try made(seed: 8))
        #expect(first.rows == again.rows && first.passing == 400)
        #expect(first.rows != other.rows)
    }

    @Test func `hold every edge that breaks programs, and NULL only where it may be`() throws {
        let rows = try made(count: MadeRows.rowsMin)
        let notes = texts(rows, 2)
        for part in ["\"", ",", "\n", "\r\n", "\t", "=1+1", "\\", "\u{20BB7}", "<b>"] {
            #expect(notes.contains { $0.unicodeScalars.contains(sequence: part.unicodeScalars) }, "\(part)")
        }
        #expect(notes.contains { $0.hasPrefix("000") } && notes.contains { $0.count == 200 })
        let all = rows.rows
        #expect(all.contains { $0[5] == .integer(0) } && all.contains { $0[5] == .integer(.min) })
        #expect(all.contains { $0[5] == .integer(9_007_199_254_740_993) })
        #expect(all.contains { $0[7] == .decimal(unscaled: -999_999_999_999, scale: 2) })
        let leap = try #require(CalendarDate("2024-02-29"))
        #expect(all.contains { $0[10] == .date(leap) })
        #expect(all.contains { $0[11] == .timestamp(Instant(microseconds: 1_709_251_199_999_999)) })
        #expect(Set(all.map { $0[9] }) == [.boolean(true), .boolean(false), .null])
        for (at, column) in Self.columns.enumerated() {
            let hasNull = all.contains { $0[at] == .null }
            #expect(hasNull == !(column.isRequired || column.isKey), "\(column.column.name)")
        }
    }

    @Test func `keep to code lists, lengths, ranges and keys`() throws {
        let rows = try made()
        #expect(Set(texts(rows, 4)) == ["源城区", "东源县", "和平县"])
        #expect(texts(rows, 3).allSatisfy { (4...8).contains($0.unicodeScalars.count) })
        let ages = rows.rows.compactMap { if case .integer(let age) = $0[6] { age } else { nil } }
        #expect(ages.allSatisfy { (18...60).contains($0) } && ages.contains(18) && ages.contains(60))
        #expect(Set(texts(rows, 0)).count == 400)
        #expect(rows.rows.allSatisfy { $0[1] != .null })
    }

    @Test(arguments: Identifier.allCases)
    func `bear identifiers that hold by their standard and that nobody has`(_ kind: Identifier) throws {
        var column = MadeColumn(Column("一列", .text))
        column.identifier = kind
        let rows = try made(nil, [column])
        let found = texts(rows, 0)
        for text in found { #expect(kind.holds(text), "\(text)") }
        switch kind {
        case .citizenID:
            #expect(found.allSatisfy { $0.hasPrefix(Self.division) } && found.contains { $0.hasSuffix("X") })
            #expect(found.contains { $0.dropFirst(6).hasPrefix("20000229") })
        case .mobile: #expect(found.allSatisfy { $0.hasPrefix("154") })
        case .uscc: #expect(found.allSatisfy { $0.hasPrefix("91\(Self.division)TE5T") })
        case .personName: #expect(found.allSatisfy { $0.hasPrefix("测试") })
        case .email: #expect(found.allSatisfy { $0.hasSuffix("@example.com") })
        default: break
        }
    }

    @Test(arguments: [
        "区县 = '源城区' AND 金额 > 100.50", "年龄 BETWEEN 18 AND 20 OR 备注 IS NULL", "姓名 STARTS WITH '王'",
        "日期 >= DATE '2024-03-01' AND 区县 IN ('东源县', '和平县')", "NOT (备注 CONTAINS '甲')",
        "citizen_birth(身份证号) < DATE '1950-01-01'", "人数 > 9000 AND 人数 < 9002",
    ])
    func `satisfy a row condition in three of four rows, and do not in the rest`(_ text: String) throws {
        let rows = try made(text)
        #expect(rows.passing == 300)
        let predicate = try #require(try plan(text).predicate)
        let test = try RowTest(predicate, rows: rows.schema)
        #expect(rows.rows.count(where: test.holds) == 300)
        // Edges stand also in what passes, but in the columns that the condition reads.
        let passing = rows.rows.filter(test.holds)
        #expect(
            predicate.columns.contains("时间")
                || passing.contains { $0[11] == .timestamp(Instant(microseconds: -1)) })
    }

    @Test(arguments: ["区县 = '源城区' AND 区县 = '东源县'", "年龄 > 60 AND 年龄 < 18", "金额 IS NULL AND 金额 > 0.00"])
    func `are refused where nothing can satisfy the condition, which is named`(_ text: String) throws {
        let error = try #require(throws: JointTestError.self) { try made(text) }
        guard case .filterUnsatisfied(let told) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!told.isEmpty)
    }
}

extension Collection where Element: Equatable {
    /// By code points: CR LF is one character.
    fileprivate func contains(sequence: some Collection<Element>) -> Bool {
        indices.contains { self[$0...].starts(with: sequence) }
    }
}
