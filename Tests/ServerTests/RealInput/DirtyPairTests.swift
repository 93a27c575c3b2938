import Foundation
import Kernel
import Lake
import Policy
import Quality
import TestKit
import Testing

/// Tables of which it is known, cell by cell, what was spoilt: rules that the clean one suggests, run on the dirty one.
@Suite(.enabled(if: SharedTable.isPresent)) struct `Rules suggested from clean tables` {
    /// What can be wrong with a cell, by what a rule could see of it.
    private enum Kind: String, CaseIterable {
        case missing = "no value"
        case form = "another form or spelling"
        case disagreeing = "well-formed, but unlike its peers"
        /// Another cell's value would be as good: only the truth tells.
        case agreeing = "well-formed, and what most of its peers say"
    }

    private struct Cell: Hashable {
        let row: Int64
        let column: String
    }

    private func text(_ name: String, renamed columns: [String]? = nil) -> String {
        let path = "\(SharedTable.folder)/dirty/raha/\(name).csv"
        let names = columns.map { ", names = [\($0.map { "'\($0)'" }.joined(separator: ", "))]" } ?? ""
        return
            "SELECT * FROM read_csv('\(path)', header = true, all_varchar = true, nullstr = '', quote = '\"'\(names))"
    }

    @Test(arguments: [("hospital", 509), ("beers", 4_362), ("flights", 4_920)])
    func `find nine in ten of the spoilt cells that a rule can find`(_ name: String, spoilt: Int) async throws
    {
        let header = try #require(
            try String(contentsOfFile: "\(SharedTable.folder)/dirty/raha/\(name)_clean.csv", encoding: .utf8)
                .split(whereSeparator: \.isNewline).first)
        let columns = header.trimmingPrefix("\u{FEFF}").split(separator: ",").map(String.init)
        let schema = columns.map { Column($0, .text) }
        let test = try TestEngine()
        let clean = RowSource(try test.stage(schema, [text("\(name)_clean", renamed: columns)]))
        let dirty = RowSource(try test.stage(schema, [text("\(name)_dirty", renamed: columns)]))
        let profile = try await test.engine().profile(clean, for: .rules)
        let today = try #require(CalendarDate("2026-01-05"))
        let suggestions = RuleSuggester(profile, today: today).suggestions()
        let drafts = suggestions.map(\.draft)
        let metrics = try drafts.enumerated().map { position, draft in
            try draft.metric(id: RuleID(high: 7, low: UInt64(position)), schema: schema, today: today)
        }
        // Nothing that was suggested fails where it was suggested, but values that were called rare.
        let own = try await test.engine().measure(metrics, of: clean)
        for (suggestion, result) in zip(suggestions, own.results) {
            let isOfRare = suggestion.reason.key == "quality.suggested.rare-values"
            let rare = isOfRare ? suggestion.reason.arguments["rows"].flatMap(Int64.init) : 0
            #expect(result.failed == rare, "\(suggestion.reason)")
        }
        let found = try await test.engine().measure(metrics, of: dirty, samplesMax: 3_000)
        var failing: Set<Cell> = []
        for (draft, result) in zip(drafts, found.results) {
            #expect(result.samples.count == Int(result.failed))
            // What determines is not what is wrong.
            let blamed =
                if case .determined(_, let column) = draft.check { [column] } else { draft.check.columns }
            for row in result.samples { failing.formUnion(blamed.map { Cell(row: row.number, column: $0) }) }
        }
        let kinds = try await spoiltCells(clean, dirty, columns, profile, test)
        #expect(kinds.values.reduce(0) { $0 + $1.count } == spoilt)
        var lines: [String] = []
        for kind in Kind.allCases {
            let cells = kinds[kind] ?? []
            guard !cells.isEmpty else { continue }
            lines.append("\(kind.rawValue): \(cells.intersection(failing).count) of \(cells.count)")
        }
        let findable = Kind.allCases.filter { $0 != .agreeing }.reduce(into: Set<Cell>()) {
            $0.formUnion(kinds[$1] ?? [])
        }
        let share = Double(findable.intersection(failing).count) / Double(findable.count)
        try Golden.expect(
            "rules suggested: \(drafts.count)\n" + lines.joined(separator: "\n") + "\n",
            at: "Tests/Golden/quality/dirty-pairs-\(name).txt")
        #expect(share >= 0.9, "\(name): \(share)\n\(lines.joined(separator: "\n"))")
    }

    /// By comparison with the clean table: independent of the rules.
    private func spoiltCells(
        _ clean: RowSource, _ dirty: RowSource, _ columns: [String], _ profile: Profile, _ test: TestEngine
    ) async throws -> [Kind: Set<Cell>] {
        let (right, wrong) = (try await cells(clean, test), try await cells(dirty, test))
        var kinds: [Kind: Set<Cell>] = [:]
        for (position, column) in columns.enumerated() {
            let known = Set(right.compactMap { $0[position] })
            let key = profile.dependencies.first { $0.column == column && $0.rows * 4 >= profile.rows }?.by
            let keyPosition = key.flatMap { columns.firstIndex(of: $0) }
            var peers: [String: [String: Int]] = [:]
            if let keyPosition {
                for row in wrong {
                    guard let key = row[keyPosition], let value = row[position] else { continue }
                    peers[key, default: [:]][value, default: 0] += 1
                }
            }
            for (number, (truth, seen)) in zip(right, wrong).enumerated()
            where truth[position] != seen[position] {
                let kind: Kind
                if let value = seen[position] {
                    let said = keyPosition.flatMap { seen[$0] }.flatMap { peers[$0] } ?? [:]
                    let most = said.values.max() ?? 0
                    let leads = said[value] == most && said.values.count { $0 == most } == 1
                    kind = !known.contains(value) ? .form : leads || said.isEmpty ? .agreeing : .disagreeing
                } else {
                    kind = .missing
                }
                kinds[kind, default: []].insert(Cell(row: Int64(number + 1), column: column))
            }
        }
        return kinds
    }

    private func cells(_ source: RowSource, _ test: TestEngine) async throws -> [[String?]] {
        let all = Metric(id: "all", .holds(.literal(.boolean(false))))
        let report = try await test.engine().measure([all], of: source, samplesMax: 3_000)
        return report.results[0].samples.map { row in
            row.values.values.map { if case .text(let text) = $0 { text } else { nil } }
        }
    }
}
