import ArgumentParser
import Catalogue
import Identity
import Hooking
import Kernel
import Lake
import Policy
import Quality
import Server

struct RuleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rule", abstract: "Quality rules of an entry, and what they found.",
        subcommands: [List.self, Add.self, Suggest.self, Retire.self, Report.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List an entry's rules.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                terminal.rules(try await node.quality.rules(of: try requireID(entry), for: principal))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add rules to an entry, all or none.",
            discussion: """
                A rule is a JSON object: check (\(Check.Kind.allCases.map(\.rawValue).joined(separator: ", "))), \
                column or columns, other, pattern, values, low, high, days, expression, entry, key, validFrom, validUntil, on, \
                where (a row condition: only rows that meet it are judged), severity (blocking, warning), failedShareMaxPpm, warnedShareMaxPpm, indicator, effectiveFrom, effectiveTo, \
                citation. The file holds one, or an array of them.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String
        @Option(help: "Rules as a JSON file; - is standard input.") var file: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let json = try InputFile.json(file, bytesMax: RuleLimits.rulesFileBytesMax)
                let today = node.clock.now().date()
                let drafts = try (json.array ?? [json]).map { try RuleDraft(json: $0, today: today) }
                terminal.rules(
                    try await node.quality.add(drafts, to: try requireID(entry), by: principal))
            }
        }
    }

    struct Suggest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Suggest rules that the served version speaks for; nothing is added.",
            discussion: "With --json the answer is a rules file: edit it and give it to `rule add --file`.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: EntryID = try requireID(entry)
                let entry = try await node.catalogue.entry(id, for: principal)
                _ = try node.permissions.permit(
                    .editRules, on: node.catalogue.subject(entry), for: principal)
                let profile = try await node.profile(of: id)
                let suggested = RuleSuggester(profile, today: node.clock.now().date()).suggestions()
                terminal.answer(
                    .array(suggested.map(\.draft.json)),
                    suggested.map {
                        terminal.text($0.draft.demand.message) + " — " + terminal.text($0.reason)
                    })
            }
        }
    }

    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a rule out of force; reports that ran it keep it.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the rule.") var rule: String
        @Option(help: "The revision you saw. Standard: the present one.") var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: RuleID = try requireID(rule)
                let revisions = try await node.quality.revisions(of: id, for: principal)
                let present = revisions.map(\.revision).max() ?? 0
                try await node.quality.retire(id, seen: revision ?? present, by: principal)
                terminal.answer(Message("command.rule-retired"), ["id": .string(id.text)])
            }
        }
    }

    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the newest quality report of an entry, rule by rule.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: EntryID = try requireID(entry)
                guard
                    let stored = try await node.quality.reports(of: id, for: principal, max: 1).first
                else { throw QualityError.reportUnknown(id) }
                let report = stored.report
                terminal.answer(
                    report.json,
                    terminal.lines(of: [
                        ("gate", .string(report.gate.rawValue)), ("rows", .integer(report.rows)),
                        ("version", .optional(stored.version?.text)),
                        (
                            "rules",
                            .array(
                                report.results.map { result in
                                    [
                                        "demand": .string(terminal.text(result.demand)),
                                        "failed": .integer(result.failed),
                                        "verdict": .string(result.verdict.rawValue),
                                    ]
                                })
                        ),
                    ]))
            }
        }
    }
}

extension Terminal {
    fileprivate func rules(_ rules: [Rule]) {
        answer(
            .array(
                rules.map { rule in
                    var members = rule.draft.json.object ?? [:]
                    members["id"] = .string(rule.id.text)
                    members["revision"] = .integer(Int64(rule.revision))
                    return .object(members)
                }),
            rules.map { rule in
                "\(rule.id)  \(rule.revision)  \(rule.draft.severity.rawValue)  "
                    + text(rule.draft.demand.message)
            })
    }
}

extension Node {
    /// What the columns of the served version look like.
    func profile(of entry: EntryID) async throws -> Lake.Profile {
        guard let version = try await hooking.currentVersion(of: entry) else {
            throw Problem(.notFound, Message("command.no-version"))
        }
        return try await engine.profile(
            engine.source(try engine.manifest(version.id, of: entry)), for: .rules)
    }
}
