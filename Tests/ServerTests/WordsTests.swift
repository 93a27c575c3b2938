import Hooking
import Kernel
import Lake
import Persistence
import Policy
import Quality
import Release
import Server
import TestKit
import Testing
import Web

@Suite struct `The words of the program` {
    @Test func `are said once, in both languages`() { #expect(Node.words.faults == []) }

    @Test func `have no character in traditional Chinese that only a wrongly cut sentence has`() {
        // Lots, watches, rolled, hair, noodles, loose, beard, grain, fights: nothing here speaks of any of these.
        let strangers: Set<Character> = ["籤", "錶", "捲", "髮", "麵", "鬆", "鬍", "穀", "鬥", "鬨", "餵", "齣"]
        let wrong = ["新制作", "復制數", "發佈", "公佈"]
        for key in Node.words.entries.keys.sorted() {
            guard let text = Node.words.template(key, in: .traditionalChinese) else { continue }
            #expect(!text.contains { strangers.contains($0) }, "\(key): \(text)")
            #expect(!wrong.contains { text.contains($0) }, "\(key): \(text)")
        }
    }
}

@Suite struct `A refusal that names a column's type` {
    private static let types: [ColumnType] = [
        .text, .integer, .decimal(precision: 10, scale: 2), .double, .boolean, .date, .timestamp,
    ]

    /// Every sentence that takes the type of a column.
    private static func messages(naming type: String) -> [Message] {
        let refusals = [
            Refusal(
                .typeMismatch, clause: "rows", column: "甲", operation: "=",
                detail: ["expected": type, "found": type]),
            Refusal(
                .operatorUnsupported, clause: "rows", column: "甲", operation: "<", detail: ["type": type]),
            Refusal(.notPredicate, clause: "rows", column: "甲", detail: ["type": type]),
            Refusal(
                .maskUnsupported, clause: "mask", column: "甲", operation: "keep-ends", detail: ["type": type]),
            Refusal(
                .maskParameter, clause: "mask", column: "甲", operation: "keep-ends", detail: ["limit": type]),
            Refusal(.valueMalformed, clause: "values", column: "甲", detail: ["position": "1", "type": type]),
        ]
        let faults: [RuleFault] = [
            .typeUnfit(column: "甲", type: type, check: .range),
            .valueUnreadable(column: "甲", value: "1", type: type),
            .referenceUnfit(column: "甲", type: type, key: "乙", keyType: type),
        ]
        return refusals.map(\.message) + faults.map(\.message) + [
            SourceError.typeUnsupported(column: "甲", type: type).problem.message,
            SourceError.conversionUnsupported(column: "甲", from: type, to: type).problem.message,
            LakeError.columnTypeUnsupported(column: "甲", type: type).problem.message,
            Drift.Change.added(name: "甲", type: type).message,
            Drift.Change.retyped(name: "甲", from: type, to: type).message,
            ReleaseError.claimMalformed(column: "甲", type: type).problem.message,
            ReleaseError.keyMalformed(position: 0, type: type).problem.message,
            Message("hooking.live.key-column", ["column": "甲", "type": type]),
        ]
    }

    @Test(arguments: [Language.simplifiedChinese, .traditionalChinese])
    func `names it in Chinese`(_ language: Language) {
        for type in Self.types {
            for message in Self.messages(naming: type.description) {
                let text = Node.words.text(message, in: language)
                #expect(!text.contains(type.word), "\(text)")
                #expect(!text.contains("{") && !text.contains("["), "\(text)")
                #expect(text.contains(Node.words.text(type.message, in: language)), "\(text)")
            }
        }
    }

    @Test func `names what only the source knows as the source does`() {
        for type in ["jsonb", "varchar(20)", "decimal(10)", "datetime(6)"] {
            let message = SourceError.typeUnsupported(column: "甲", type: type).problem.message
            #expect(Node.words.text(message, in: .simplifiedChinese).contains("“\(type)”"))
        }
    }
}

@Suite struct `The routes of the program` {
    @Test func `each have the guard that was reviewed`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let site = try node.site { _ in }
            try Golden.expect(site.routes(with: node.routes).table, at: "Tests/Golden/routes.txt")
        }
    }
}

@Suite struct `The pages of the program` {
    @Test func `show what their templates name, and nothing else`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let site = try node.site { _ in }
            // Partials that no page of a domain needs yet are held by the gallery's own test.
            let faults = PageContract.faults(site.templates, Node.pages).filter { !$0.hasPrefix("web/_") }
            #expect(faults == [])
            let looks = try PageChecks.faults(site.templates, Node.pages)
            #expect(looks == [])
        }
    }
}
