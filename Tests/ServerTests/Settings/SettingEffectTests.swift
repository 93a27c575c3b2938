import Catalogue
import Curl
import Exchange
import Foundation
import HTTPTypes
import Kernel
import Persistence
import Policy
import Reminders
import TestKit
import Testing
import Web

@testable import Evidence
@testable import Grading
@testable import Hooking
@testable import Identity
@testable import Lake
@testable import Letters
@testable import Quality
@testable import Release
@testable import Server

/// Nothing is declared that nobody reads: every setting of the table is changed, and what it governs is seen to change.
@Suite struct `Every setting` {
    /// A node, and a folder beside it for what settings point at.
    struct Place: Sendable {
        let node: Node
        let people: SamplePeople
        let folder: URL
        let entry: EntryID

        func get(_ path: String, _ headers: [String: String] = [:]) async throws -> TestApp.Answer {
            let app = TestApp(try node.site { _ in }, node.routes)
            return try await app.ask(.get, path, headers: headers.merging(["Accept": "text/html"]) { $1 })
        }

        /// The key of the problem that `body` meets.
        func problem(_ body: () async throws -> Void) async throws -> String {
            do { try await body() } catch let error as any ProblemConvertible {
                return error.problem.message.key
            }
            return "none"
        }

        /// A live source, by a key of nobody.
        func ask(_ base: String) async throws -> String {
            let steward = try people.principal("steward")
            let source = LiveSource(
                base: base, parameters: [.init("id", in: .query, .key(column: "编码", type: .text))])
            return try await problem {
                _ = try await node.hooking.probe(
                    live: source, sample: LiveSample(column: "", key: "1"), secret: nil, for: entry,
                    by: steward)
            }
        }

        func probe(_ source: Source) async throws -> String {
            let steward = try people.principal("steward")
            return try await problem { _ = try await node.hooking.probe(source, for: entry, by: steward) }
        }
    }

    struct Effect: Sendable {
        let value: String
        /// What is seen once it is set; something else is seen otherwise.
        let seen: String
        let look: @Sendable (Place) async throws -> String
        init(_ value: String, _ seen: String, _ look: @escaping @Sendable (Place) async throws -> String) {
            self.value = value
            self.seen = seen
            self.look = look
        }
    }

    /// `folder` exists; it holds `table.csv` with three columns and `narrow.csv` with one.
    private static func effects(_ folder: URL) -> [String: Effect] {
        let witness = folder.appending(path: "witness.ndjson").path
        return [
            "serve.trusted-proxies": Effect("10.9.8.7, ::1", "true") { place in
                String(try place.node.site { _ in }.settings.trustedProxies == ["10.9.8.7", "::1"])
            },
            "web.language": Effect("en", "true") { place in
                String(
                    try await place.get("/", ["Accept-Language": "fr"]).text.contains("<html lang=\"en\">"))
            },
            "web.site-name": Effect("示例数据网", "true") { place in
                String(try await place.get("/").text.contains("示例数据网</title>"))
            },
            "web.secure-cookies": Effect("always", "true") { place in
                String(try await place.get("/sign-in").header("Set-Cookie")?.contains("; Secure") == true)
            },
            "web.marked-pages": Effect("all", "true") { place in
                String(try place.node.site { _ in }.settings.marksAllData)
            },
            "identity.providers-file": Effect(folder.appending(path: "providers.json").path, "city") {
                place in
                place.node.providers.book.providers.first?.id ?? "none"
            },
            "web.site-address": Effect(
                "https://data.example.gov.cn", "https://data.example.gov.cn/sign-in/with/city/return"
            ) { $0.node.providers.redirectAddress(of: "city") },
            "identity.session-idle-minutes-max": Effect("7", "420") { place in
                String(place.node.sessions.settings.sessionIdleSeconds)
            },
            "exchange.trial-seconds-max": Effect("9", "9") { place in
                String(place.node.exchange.trialSecondsMax)
            },
            "exchange.emergency-hours": Effect("48", "48") { place in
                String(place.node.exchange.rules.emergencyHours)
            },
            "exchange.running-months-max": Effect("6", "6") { place in
                String(place.node.runningExchanges.monthsMax)
            },
            "joint-test.rows-max": Effect("60", "60") { place in
                String(place.node.jointTests.rowsMax)
            },
            "identity.session-hours-max": Effect("3", "10800") { place in
                String(place.node.sessions.settings.sessionSeconds)
            },
            "identity.failed-sign-ins-max": Effect("3", "3") { place in
                String(place.node.accounts.settings.failuresMax)
            },
            "identity.lock-minutes": Effect("2", "120") { place in
                String(place.node.accounts.settings.lockSeconds)
            },
            "evidence.checkpoint-age-seconds-max": Effect("59", "59") { place in
                String(await place.node.freshness.secondsMax)
            },
            "evidence.witness-file": Effect(witness, "true") { place in
                _ = try await place.node.sequencer.step()
                return String(FileManager.default.fileExists(atPath: witness))
            },
        ]
    }

    private static let accountEffects: [String: Effect] = [
        "case.late-entry-days-max": Effect("40", "40") { place in
            String(place.node.exchange.rules.lateEntryDaysMax)
        },
        "case.late-entry-confirm-days": Effect("3", "3") { place in
            String(place.node.exchange.rules.lateEntryConfirmDays)
        },
        "identity.second-factor-roles": Effect("auditor, leader", "true") { place in
            String(place.node.accounts.settings.secondFactorRoles == [.auditor, .leader])
        },
        "identity.confirm-seconds-max": Effect("600", "policy.confirmation-needed") { place in
            let reviewer = try place.people.principal("reviewer")
            let session = Principal(
                account: reviewer.account, party: reviewer.party, post: reviewer.post,
                roles: reviewer.roles, channel: .session(SessionID(high: 7, low: 1)), displayName: "")
            return try await place.problem {
                _ = try place.node.permissions.permit(
                    .publishCalendar, on: .new(kind: "calendar", owner: nil), for: session)
            }
        },
        "identity.password-sign-in": Effect("administrators", "true") { place in
            String(place.node.accounts.settings.passwordsForAdministratorsOnly)
        },
        "identity.password-characters-min": Effect("12", "12") { place in
            String(place.node.accounts.settings.passwords.charactersMin)
        },
        "identity.password-classes-min": Effect("3", "3") { place in
            String(place.node.accounts.settings.passwords.classesMin)
        },
        "identity.passwords-remembered": Effect("5", "5") { place in
            String(place.node.accounts.settings.passwords.remembered)
        },
        "identity.password-days-max": Effect("90", "90") { place in
            String(place.node.accounts.settings.passwords.daysMax)
        },
        "identity.separate-administrators": Effect("on", "identity.roles-excluded-in-post") { place in
            let party = try #require(try place.people.principal("steward").party)
            return try await place.problem {
                _ = try await place.node.posts.create(
                    "兼岗", in: party, roles: [.administrator, .auditor], by: .system(),
                    at: place.node.clock.now())
            }
        },
    ]

    private static let limitEffects: [String: Effect] = [
        "lake.rejected-permille-max": Effect("250", "0.25") { place in
            String(place.node.hooking.parts.limits.rejectedShareMax)
        },
        "lake.workers": Effect("3", "3") { place in String(await place.node.supervisor.childrenMax) },
        "lake.worker-memory-mebibytes-max": Effect("300", "300") { place in
            String(await place.node.supervisor.limits.engineMebibytesMax)
        },
        "lake.row-cache-mebibytes-max": Effect("5", "5242880") { place in
            String(place.node.rowStores.cache.bytesMax)
        },
        "lake.worker-threads": Effect("1", "1") { place in
            String(await place.node.supervisor.limits.threads)
        },
        "lake.request-seconds-max": Effect("77", "77") { place in
            String(await place.node.supervisor.limits.secondsMax)
        },
        "grading.sensitive-floor": Effect("L3", "L3") { place in
            try place.node.grading.rules().sensitiveFloor.rawValue
        },
        "quality.reveals-per-hour-max": Effect("3", "3") { place in
            String(place.node.quality.revealsPerHourMax)
        },
        "letter.converter-file": Effect("/nowhere/soffice", "/nowhere/soffice") { place in
            place.node.letters.tools.converter
        },
        "letter.seal-file": Effect("/nowhere/seal", "/nowhere/seal") { place in
            place.node.letters.tools.sealer
        },
        "letter.scan-file": Effect("/nowhere/scan", "/nowhere/scan") { place in
            place.node.letters.tools.scanner
        },
        "letter.tool-seconds-max": Effect("9", "9") { place in
            String(place.node.letters.tools.secondsMax)
        },
        "letter.file-bytes-max": Effect("2048", "2048") { place in
            String(place.node.letters.limits.fileBytesMax)
        },
        "release.lease-seconds": Effect("99", "99") { place in String(place.node.files.leaseSeconds) },
        "release.push-hosts": Effect("127.0.0.1:1", "none") { place in
            let consumer = try place.people.principal("consumer")
            let target = PushPlace(
                kind: .postgres, host: "127.0.0.1", port: 1, database: "x", user: "x", schema: "x",
                table: "x")
            return try await place.problem {
                try await place.node.pushes.addTarget(
                    PushTargetDraft(label: "x", place: target, manner: .replace, keyColumns: []),
                    password: "", by: consumer)
            }
        },
        "release.lookup-keys-max": Effect("9", "9") { place in
            String(place.node.rowDesk.limits.keysMax)
        },
        "release.live-keys-max": Effect("9", "9") { place in
            String(place.node.rowDesk.limits.liveKeysMax)
        },
        "release.list-bytes-max": Effect("2048", "2048") { place in
            String(place.node.nameLists.limits.fileBytesMax)
        },
        "release.list-rows-max": Effect("7", "7") { place in
            String(place.node.nameLists.limits.rowsMax)
        },
        "release.lists-per-day-max": Effect("3", "3") { place in
            String(place.node.nameLists.limits.listsPerDayMax)
        },
        "release.list-keys-per-day-max": Effect("600", "600") { place in
            String(place.node.nameLists.limits.keysPerDayMax)
        },
        "release.list-run-max": Effect("5", "5") { place in
            String(place.node.nameLists.limits.runMax)
        },
        "release.list-unmatched-permille-max": Effect("900", "900") { place in
            String(place.node.nameLists.limits.unmatchedPermilleMax)
        },
        "release.list-unmatched-keys-min": Effect("50", "50") { place in
            String(place.node.nameLists.limits.unmatchedKeysMin)
        },
        "release.list-unmatched-days": Effect("30", "30") { place in
            String(place.node.nameLists.limits.unmatchedWindowDays)
        },
        "release.page-rows-max": Effect("8", "8") { place in
            String(place.node.rowDesk.limits.pageRowsMax)
        },
    ]

    private static func sourceEffects(_ folder: URL) -> [String: Effect] {
        let registry = Source.odbc(ODBCTable(source: "registry", user: "", schema: "", table: "t"))
        return [
            "hooking.upload-bytes-max": Effect("2048", "hooking.upload-too-large") { place in
                let file = folder.appending(path: "large.csv")
                try Data("a\n".utf8 + Array(repeating: UInt8(ascii: "x"), count: 3_000)).write(to: file)
                let steward = try place.people.principal("steward")
                return try await place.problem {
                    _ = try await place.node.hooking.upload(
                        file.path, named: "large.csv", .copying, for: place.entry, by: steward)
                }
            },
            "hooking.inbox-folders": Effect(folder.path, "none") { place in
                try await place.probe(.text(path: folder.appending(path: "narrow.csv").path))
            },
            "hooking.source-hosts": Effect("127.0.0.1:1", "source.connection-failed") { place in
                try await place.probe(
                    .postgres(
                        PostgresTable(
                            host: "127.0.0.1", port: 1, database: "x", user: "x", schema: "x", table: "x")))
            },
            "hooking.live-hosts": Effect("127.0.0.1:1", "source.live.unconnected") { place in
                try await place.ask("http://127.0.0.1:1/")
            },
            // One that nobody reads is no list of authorities.
            "hooking.live-authorities-file": Effect("/nowhere/authorities.pem", "true") { place in
                String(place.node.hooking.parts.live.client.authoritiesFile == "/nowhere/authorities.pem")
            },
            "hooking.odbc-sources": Effect("registry", "source.connection-failed") { place in
                try await place.probe(registry)
            },
            // The driver that the folder's own file names.
            "hooking.odbc-folder": Effect(folder.path, "true") { place in
                let steward = try place.people.principal("steward")
                do {
                    _ = try await place.node.hooking.probe(registry, for: place.entry, by: steward)
                    return "none"
                } catch let error as any ProblemConvertible {
                    let said = error.problem.message.arguments.values
                    return String(said.contains { $0.contains("/nowhere/driver.so") })
                }
            },
            "lake.columns-max": Effect("2", "source.too-many-columns") { place in
                let steward = try place.people.principal("steward")
                let hooking = place.node.hooking
                let upload = try await hooking.upload(
                    folder.appending(path: "table.csv").path, named: "table.csv", .copying, for: place.entry,
                    by: steward)
                return try await place.probe(hooking.source(of: upload))
            },
        ]
    }

    /// Seen where they act, in the tests below and those of faults: from the outside of the program, or on a server.

    private static let seenElsewhere: Set<String> = [
        "serve.address", "serve.port", "serve.stop-seconds-max", "log.level", "database.url",
        "database.connections-max", "database.wait-milliseconds-max",
    ]

    private func looks(_ environment: [String: String], _ effects: [String: Effect], _ folder: URL)
        async throws -> [String: String]
    {
        try await SampleNode.with(.sqlite, environment: environment) { node, people in
            let steward = try people.principal("steward")
            let owner = try #require(steward.party)
            let card = try #require(SampleEntry.all.first { $0.key == "assistance" }).card
            let entry = try await node.catalogue.draft(card, owner: owner, by: steward)
            let place = Place(node: node, people: people, folder: folder, entry: entry.id)
            var seen: [String: String] = [:]
            for (name, effect) in effects { seen[name] = try await effect.look(place) }
            return seen
        }
    }

    @Test func `is read, and changing it changes what it governs`() async throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "headwaters-settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a,b,c\nx,y,z\n".utf8).write(to: folder.appending(path: "table.csv"))
        let provider =
            #"{"providers":[{"id":"city","title":"x","issuer":"https://id.example.gov.cn","client-id":"c","client-authentication":"none"}]}"#
        try Data(provider.utf8).write(to: folder.appending(path: "providers.json"))
        try Data("a\nx\ny\n".utf8).write(to: folder.appending(path: "narrow.csv"))
        try Data("[registry]\nDriver = /nowhere/driver.so\n".utf8).write(
            to: folder.appending(path: "odbc.ini"))
        let effects = Self.effects(folder).merging(Self.sourceEffects(folder)) { $1 }
            .merging(Self.limitEffects) { $1 }.merging(Self.accountEffects) { $1 }
            .merging(Self.reminderEffects) { $1 }
        #expect(Set(effects.keys).union(Self.seenElsewhere) == Set(Setting.allCases.map(\.name)))

        let standard = try await looks([:], effects, folder)
        var environment: [String: String] = [:]
        for setting in Setting.allCases {
            environment[setting.environmentName] = effects[setting.name]?.value
        }
        let changed = try await looks(environment, effects, folder)
        for (name, effect) in effects {
            #expect(changed[name] == effect.seen, "\(name)")
            #expect(standard[name] != effect.seen, "\(name)")
        }
    }
}
