import Foundation
import Kernel
import Server
import TestKit
import Testing

/// What people read: words by key, documents whose links lead somewhere, decisions with their reasons.
@Suite struct `What is written for people` {
    @Test func `every key that the program says is in both languages`() throws {
        let entries = Node.words.entries
        let said = /Message\(\s*"([^"\\]+)"/
        let begun = /Message\(\s*"([^"\\]+)\\\(/
        var missing: Set<String> = []
        for file in try SourceTree.swift(["Sources"]).files where !file.path.hasPrefix("Sources/TestKit/") {
            for match in file.text.matches(of: said) where entries[String(match.1)] == nil {
                missing.insert("\(file.path): \(match.1)")
            }
            for match in file.text.matches(of: begun)
            where !entries.keys.contains(where: { $0.hasPrefix(match.1) }) {
                missing.insert("\(file.path): \(match.1)…")
            }
        }
        #expect(missing.sorted() == [])
    }

    @Test func `both languages name the same arguments`() {
        let argument = /\{([^}]*)\}/
        for (key, texts) in Node.words.entries {
            let names = texts.all.map { Set($0.matches(of: argument).map { String($0.1) }) }
            #expect(Set(names).count == 1, "\(key): \(texts)")
        }
    }

    @Test func `Chinese sentences have Chinese punctuation, English ones none of it`() {
        let narrow = /\p{Han}[,;:!?]|\p{Han}\.$/
        let wide = /[，。；：！？、（）《》]/
        for (key, texts) in Node.words.entries {
            let chinese = texts.simplified
            // The form of an address is written as addresses are.
            if chinese.contains("://") { continue }
            #expect(chinese.firstMatch(of: narrow) == nil, "\(key): \(chinese)")
            let english = texts.english
            #expect(english.firstMatch(of: wide) == nil, "\(key): \(english)")
        }
    }

    @Test func `links in the documents lead somewhere`() throws {
        let documents = try SourceTree(["docs"], [".md"]).files + Self.rootFiles()
        let link = /\]\(([^)#\s]+)(?:#[^)]*)?\)/
        for document in documents {
            let folder = Golden.root.appending(path: document.path).deletingLastPathComponent()
            for match in document.text.matches(of: link) where !match.1.contains("://") {
                let target = folder.appending(path: String(match.1)).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(document.path): \(match.1)")
            }
        }
    }

    private static func rootFiles() throws -> [SourceTree.File] {
        try FileManager.default.contentsOfDirectory(atPath: Golden.root.path).filter { $0.hasSuffix(".md") }
            .map { name in
                let file = Golden.root.appending(path: name)
                return SourceTree.File(path: name, text: try String(contentsOf: file, encoding: .utf8))
            }
    }

    @Test func `every decision says why, what, and what follows`() throws {
        let records = try SourceTree(["docs/adr"], [".md"]).files
        try #require(!records.isEmpty)
        for (number, record) in records.enumerated() {
            let name = try #require(record.path.split(separator: "/").last)
            #expect(
                name.hasPrefix(String("000\(number + 1)".suffix(4))), "\(name) is not number \(number + 1)")
            for part in ["**Context.**", "**Decision.**", "**Consequences.**"] {
                #expect(record.text.contains(part), "\(record.path) has no \(part)")
            }
        }
    }
}
