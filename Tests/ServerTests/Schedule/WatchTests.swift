import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `A watched folder` {
    private struct Inboxes {
        let root = FileManager.default.temporaryDirectory.appending(path: "inbox-\(UUID().uuidString)")
        var own: URL { root.appending(path: SamplePeople.assistance) }

        init() throws {
            try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        }

        var environment: [String: String] { ["HEADWATERS_HOOKING_INBOX_FOLDERS": root.path] }

        func drop(_ name: String, _ text: String, ready: Bool = true) throws {
            try text.write(to: own.appending(path: name), atomically: true, encoding: .utf8)
            if ready { try Data().write(to: own.appending(path: name + ".ready")) }
        }

        func names(_ shelf: String = "") throws -> [String] {
            let folder = shelf.isEmpty ? own : own.appending(path: shelf)
            let enumerator = FileManager.default.enumerator(atPath: folder.path)
            return (enumerator?.compactMap { $0 as? String } ?? []).filter { path in
                var isFolder: ObjCBool = false
                let full = folder.appending(path: path).path
                return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
                    && !isFolder.boolValue
            }.sorted()
        }
    }

    private func watch(
        _ world: ScheduleWorld, _ manner: Filing.Manner = .append, owed: Bool = true
    ) async throws {
        if owed {
            try await world.node.hooking.setDuty(FilingWorld.terms(), of: world.hook, by: world.steward)
        }
        try await world.node.hooking.setWatch("list-*.csv", manner, of: world.hook, by: world.steward)
    }

    private func rows(_ world: ScheduleWorld) async throws -> Int64? {
        try await world.node.hooking.currentVersion(of: world.pages.entry)?.rows
    }

    @Test(arguments: Dialect.allCases)
    func `files what lands there, and archives it`(_ dialect: Dialect) async throws {
        let inboxes = try Inboxes()
        try await ScheduleWorld.with(dialect, environment: inboxes.environment) { world in
            try await watch(world)
            try inboxes.drop("list-2026-09.csv", "code,amount\na1,1\n")
            try inboxes.drop("list-2026-10.csv", "code,amount\na2,2\n")
            try inboxes.drop("other-2026-10.csv", "code,amount\na3,3\n")
            #expect(try await world.node.hooking.watchRound() == 2)
            #expect(try await rows(world) == 2)
            let archived = try inboxes.names("archive")
            #expect(archived.count == 2 && archived.allSatisfy { $0.hasSuffix(".csv") })
            #expect(
                try inboxes.names().filter { !$0.contains("/") } == [
                    "other-2026-10.csv", "other-2026-10.csv.ready",
                ])
            let filings = try await world.node.hooking.filings(of: world.hook, for: world.steward)
            #expect(filings.map(\.channel) == [.inbox, .inbox])
            #expect(filings.compactMap { $0.period?.description }.sorted() == ["2026-09", "2026-10"])
            // The same once more is the same delivery, archived and not added.
            try inboxes.drop("list-2026-10.csv", "code,amount\na2,2\n")
            #expect(try await world.node.hooking.watchRound() == 1)
            #expect(try await rows(world) == 2)
            #expect(try inboxes.names().filter { $0.hasPrefix("list-") }.isEmpty)
        }
    }

    @Test func `refuses with the reason beside the file, and serves what it served`() async throws {
        let inboxes = try Inboxes()
        try await ScheduleWorld.with(environment: inboxes.environment) { world in
            try await watch(world)
            try inboxes.drop("list-2026-09.csv", "code,amount\na1,1\n")
            try await world.node.hooking.watchRound()
            try inboxes.drop("list-2026-10.csv", "code,amount\na1,5\n")
            try inboxes.drop("list-october.csv", "code,amount\na9,5\n")
            try inboxes.drop("list-2026-11.csv", "")
            #expect(try await world.node.hooking.watchRound() == 3)
            #expect(try await rows(world) == 1)
            let refused = try inboxes.names("refused")
            #expect(refused.count == 6)
            let texts = try refused.filter { $0.hasSuffix(".txt") }.map {
                try String(
                    contentsOf: inboxes.own.appending(path: "refused").appending(path: $0), encoding: .utf8)
            }.joined()
            // What bears a mark of secrecy does not even stay among the refused.
            try inboxes.drop("list-2026-12-机密.csv", "code,amount\na7,5\n")
            #expect(try await world.node.hooking.watchRound() == 1)
            #expect(try !inboxes.names().contains { $0.contains("机密") })
            #expect(try inboxes.names("refused").count == 7)
            // In both languages, with the place.
            #expect(texts.contains("first in row 1") && texts.contains("首个在第 1 行"))
            #expect(texts.contains("does not say its period") && texts.contains("0 bytes"))
        }
    }

    @Test func `waits until a file is complete`() async throws {
        let inboxes = try Inboxes()
        try await ScheduleWorld.with(environment: inboxes.environment) { world in
            // As machines count: a file that was written just now is new.
            let behind = Clock.system.now() - world.node.clock.now()
            try await watch(world)
            try inboxes.drop("list-2026-09.csv", "code,amount\na1,1\n", ready: false)
            let file = try #require(ArrivedFile("list-2026-09.csv", in: inboxes.own.path))
            let now = world.node.clock.now() + behind
            #expect(!file.isComplete(at: now, stillSeconds: Hooking.stillSeconds))
            #expect(file.isComplete(at: now + .seconds(61), stillSeconds: Hooking.stillSeconds))
            #expect(file.isUnchanged)
            try inboxes.drop("list-2026-09.csv", "code,amount\na1,1\na2,2\n", ready: false)
            #expect(!file.isUnchanged)
        }
    }

    @Test func `follows no link, and opens no device, folder or second name`() async throws {
        let inboxes = try Inboxes()
        let secret = inboxes.root.appending(path: "secret.csv")
        try "code,amount\nz,9\n".write(to: secret, atomically: true, encoding: .utf8)
        let own = inboxes.own
        let manager = FileManager.default
        try manager.createSymbolicLink(
            at: own.appending(path: "list-2026-09.csv"), withDestinationURL: secret)
        try manager.linkItem(at: secret, to: own.appending(path: "list-2026-10.csv"))
        try manager.createDirectory(
            at: own.appending(path: "list-2026-11.csv"), withIntermediateDirectories: true)
        #expect(mkfifo(own.appending(path: "list-2026-12.csv").path, 0o600) == 0)
        for name in ["list-2026-09.csv", "list-2026-10.csv", "list-2026-11.csv", "list-2026-12.csv"] {
            #expect(ArrivedFile(name, in: own.path) == nil, "\(name)")
        }
        // A department's folder that is itself a link is none.
        let elsewhere = inboxes.root.appending(path: "link")
        try manager.createSymbolicLink(at: elsewhere, withDestinationURL: own)
        #expect(Inbox(folders: [inboxes.root.path]).places(of: ["link", "..", ".", "a/b"]).isEmpty)
    }

    @Test func `looked into by many processes takes each file once`() async throws {
        let inboxes = try Inboxes()
        try await ScheduleWorld.with(environment: inboxes.environment) { world in
            try await watch(world)
            try inboxes.drop("list-2026-09.csv", "code,amount\na1,1\n")
            let taken = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { (try? await world.node.hooking.watchRound()) ?? 0 } }
                return await group.reduce(0, +)
            }
            #expect(taken == 1)
            #expect(try await world.node.hooking.filings(of: world.hook, for: world.steward).count == 1)
            #expect(try inboxes.names("archive").count == 1)
        }
    }

    @Test func `also serves a hook that owes no file, and is set up on a page`() async throws {
        let inboxes = try Inboxes()
        try await ScheduleWorld.with(environment: inboxes.environment) { world in
            let browser = try await world.pages.browser("steward")
            let path = "/hooks/\(world.hook)/watch"
            #expect(try await browser.get(path).text.contains(inboxes.own.path))
            let wrong = try await browser.post(
                path, [("revision", "0"), ("pattern", "../x.csv"), ("manner", "replace")])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"../x.csv\""))
            let saved = try await browser.post(
                path,
                [
                    ("revision", "0"), ("pattern", "list-*.csv"), ("manner", "replace"),
                    ("unclassified", "1"),
                ])
            #expect(saved.status == 303)
            try inboxes.drop("list-now.csv", "code,amount\na1,1\na2,2\n")
            #expect(try await world.node.hooking.watchRound() == 1)
            #expect(try await rows(world) == 2)
            #expect(try await browser.get(path).text.contains("list-now.csv"))
            await #expect(throws: HookingError.filesByPeriod) {
                _ = try await world.node.hooking.publish(world.hook, by: world.steward)
            }
            #expect(try await browser.post(path + "/removal", []).status == 303)
            #expect(try await world.node.hooking.watch(of: world.hook, for: world.steward) == nil)
        }
    }
}
