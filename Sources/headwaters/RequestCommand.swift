import ArgumentParser
import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Policy
import Server

struct RequestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Sharing requests: from draft to grant.",
        subcommands: [
            Draft.self, Act.self, Trial.self, Show.self, Dossier.self, PaperCommand.self, List.self,
        ])

    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft a request for another unit's entry.",
            discussion: """
                A request is a JSON object: columns, rows, purpose, legalBasis, businessItem, deliveries, expectedRows, dailyRows, \
                from, to, retentionDays, isCommitted, contactPost.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String
        @Option(help: "The request as a JSON file; - is standard input.") var file: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let wish = try RequestWish(json: try InputFile.json(file))
                let request = try await node.exchange.draft(
                    try requireID(entry), wish, by: principal)
                terminal.record(try request.fields(node, principal))
            }
        }
    }

    struct Act: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do one act on a request; `request show` lists those open to you.",
            discussion: """
                ACT is one of: save, submit, sign-off, send-back, accept, notice (with --field), resubmit, give-back, agree, counter, \
                refuse (with --legal-basis), extend (with --days), accept-offer, decline-offer, dispute, concede, take-up, rule-grant, \
                rule-refusal, withdraw, return-to (with --step), accept-delivery, object-delivery (with --reason), mend, \
                misdirected (with --entry where it is known), pass-on (with --entry), return-to-provider, confirm-mapping (with --file). save and resubmit take the request as --file, counter and rule-grant an \
                array of clauses. In an emergency: ask-emergency (with --circumstance), approve-orally (with --file: leader, saidAt, \
                means, words, and clauses where others are given than were asked for), decline-emergency, confirm-emergency, \
                decline-confirmation (with --comment).
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The act.") var act: String
        @Argument(help: "Id of the request.") var request: String
        @Option(help: "JSON file of the request or of the clauses; - is standard input.") var file: String?
        @Option(help: "Field that a notice asks to complete; may be given several times.") var field:
            [String] = []
        @Option(help: "Working days of an extension.") var days: Int?
        @Option(help: "Step of the chain that it goes back to, counted from 1.") var step: Int?
        @Option(help: "What the emergency is.") var circumstance: String?
        @Option(
            help:
                "What is wrong with a delivery: missing-columns, empty, wrong-rows, late or other; may be given several times."
        ) var reason: [String] = []
        @Option(help: "Id of the entry that a request is passed on to.") var entry: String?
        @Option(help: "Comment of whoever decides.") var comment: String?
        @Option(help: "Legal basis of a refusal.") var legalBasis: String?
        @Option(
            help: "The revision you saw; the act fails if the request has moved. Standard: the present one.")
        var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: CaseID = try requireID(request)
                let request = try await node.exchange.request(id, for: principal)
                let moved = try await node.exchange.perform(
                    try requestAct(node, request), on: id, seen: revision ?? request.file.revision,
                    by: principal,
                    Opinion(comment: comment, legalBasis: legalBasis))
                terminal.record(try moved.fields(node, principal))
            }
        }

        private static let plain: [String: RequestAct] = [
            "submit": .submit, "sign-off": .signOff, "send-back": .sendBack, "accept": .accept,
            "give-back": .giveBack, "agree": .agree, "refuse": .refuse, "accept-offer": .acceptOffer,
            "decline-offer": .declineOffer, "dispute": .dispute, "concede": .concede, "take-up": .takeUp,
            "rule-refusal": .ruleRefusal, "withdraw": .withdraw, "decline-emergency": .declineEmergency,
            "confirm-emergency": .confirmEmergency,
            "accept-delivery": .acceptDelivery, "return-to-provider": .returnToProvider, "mend": .mend,
        ]
        private static let withMore = [
            "save", "resubmit", "counter", "rule-grant", "notice", "extend", "return-to", "ask-emergency",
            "approve-orally", "decline-confirmation", "object-delivery", "misdirected", "pass-on",
            "confirm-mapping",
        ]

        private func requestAct(_ node: Node, _ request: SharingRequest) throws -> RequestAct {
            if let act = Self.plain[act] { return act }
            switch act {
            case "save": return .save(try RequestWish(json: try document()))
            case "resubmit": return .resubmit(try RequestWish(json: try document()))
            case "counter": return .counter(try [Clause](json: try document()))
            case "rule-grant": return .ruleGrant(try [Clause](json: try document()))
            case "misdirected": return .misdirected(try entry.map { try requireID($0) })
            case "pass-on":
                guard let entry else { throw missing("--entry") }
                return .passOn(try requireID(entry))
            case "ask-superior":
                guard let question = SuperiorQuestion(try document()) else { throw missing("--file") }
                return .askSuperior(question)
            case "superior-replied":
                guard let reply = SuperiorReply(try document()) else { throw missing("--file") }
                return .superiorReplied(reply)
            case "confirm-mapping": return .confirmMapping(try RequestWish(json: try document()))
            case "object-delivery":
                return .objectDelivery(try reason.map { try requireWord($0) })
            case "notice": return .askSupplement(fields: field)
            case "extend":
                guard let days else { throw missing("--days") }
                return .extend(workingDays: days)
            case "return-to":
                guard let step else { throw missing("--step") }
                return .returnTo(step: step)
            case "ask-emergency":
                guard let circumstance else { throw missing("--circumstance") }
                return .askEmergency(circumstance: circumstance)
            case "approve-orally":
                let told = try document()
                let clauses =
                    try told["clauses"].map { try [Clause](json: $0) }
                    ?? node.exchange.clausesAtStake(in: request)
                return .approveOrally(try OralApproval(json: told), clauses)
            case "decline-confirmation":
                guard let comment else { throw missing("--comment") }
                return .declineConfirmation(reason: comment)
            default:
                let words = Self.plain.keys + Self.withMore
                throw Problem(
                    .invalid,
                    Message(
                        "command.act-unknown",
                        ["text": act, "words": words.sorted().joined(separator: ", ")]))
            }
        }

        private func document() throws -> JSON {
            guard let file else { throw missing("--file") }
            return try InputFile.json(file)
        }

        private func missing(_ name: String) -> Problem {
            Problem(.invalid, Message("command.option-missing", ["name": name]))
        }
    }

    struct Trial: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count what the terms of a request would let out, before deciding. No row is shown.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String
        @Option(
            help:
                "JSON file with an array of clauses to try in place of those at stake; - is standard input."
        ) var file: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let offered = try file.map { try [Clause](json: try InputFile.json($0)) }
                let trial = try await node.exchange.trial(
                    of: try requireID(request), offering: offered, by: principal)
                let counts = trial.counted.counts
                let conditions = zip(trial.explanation.conditions, counts.conditions).map {
                    text, rows -> JSON in
                    ["condition": .string(text), "rows": .integer(rows)]
                }
                terminal.record([
                    ("version", .integer(Int64(trial.counted.number))), ("rows", .integer(counts.rows)),
                    ("leaving", .integer(counts.leaving)), ("withheld", .integer(counts.withheld)),
                    ("conditions", .array(conditions)), ("columns", counts.json["columns"] ?? .null),
                ])
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a request, what is at stake and the acts open to you.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let request = try await node.exchange.request(try requireID(request), for: principal)
                terminal.record(try request.fields(node, principal))
            }
        }
    }

    struct Dossier: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a request's dossier with proofs for the archive; `verify` checks it offline.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String
        @Option(help: "File to write. Standard: standard output.") var out: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let names = try await node.partyNames()
                let dossier = try await node.exchange.dossier(of: try requireID(request), for: principal) {
                    file in
                    let parties = Set(file.seats.values).union(file.history.compactMap(\.party))
                    return Dictionary(
                        parties.map { ($0.text, names[$0] ?? "") }, uniquingKeysWith: { one, _ in one })
                }
                let bytes = Array((dossier.json.pretty + "\n").utf8)
                guard let out else { return try FileHandle.standardOutput.write(contentsOf: Data(bytes)) }
                try OutputPlace.write(bytes, to: out)
                terminal.answer(
                    Message("command.written", ["path": out]),
                    ["path": .string(out), "bytes": .integer(Int64(bytes.count))])
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List requests of a tray of your inbox.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "mine, unit, waiting, underway, closed or watched.") var tray = "underway"

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await terminal.inbox(try requireWord(tray), node, principal)
            }
        }
    }
}

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "What waits for you, earliest deadline first.")
    @OptionGroup var actor: ActorOptions

    func run() async throws {
        try await actor.run { node, principal, terminal in
            try await terminal.inbox(.mine, node, principal)
        }
    }
}

extension Terminal {
    fileprivate func inbox(_ tray: Inbox.Tray, _ node: Node, _ principal: Principal) async throws {
        let page = try await node.exchange.inbox(tray, of: principal)
        table(
            ["id", "title", "state", "due", "revision"],
            page.lines.map {
                [
                    .string($0.id.text), .string($0.title), .string($0.state), .optional($0.due),
                    .integer(Int64($0.revision)),
                ]
            })
    }
}

extension SharingRequest {
    fileprivate func fields(_ node: Node, _ principal: Principal) throws -> [(String, JSON)] {
        [
            ("id", .string(id.text)), ("title", .string(file.title)), ("state", .string(file.state)),
            ("revision", .integer(Int64(file.revision))), ("entry", .string(entry.text)),
            ("applicant", .string(applicant.text)), ("provider", .string(provider.text)),
            ("clauses", (try? clausesAtStake().json) ?? .null), ("grant", .optional(grant?.text)),
            ("openActs", .texts(try node.exchange.openActs(on: self, for: principal))),
        ]
    }
}
