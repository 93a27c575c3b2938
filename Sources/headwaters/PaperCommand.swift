import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Policy
import Server

/// 补录: signatures that were given on paper.
struct PaperCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "Signatures on paper: enter one, confirm an entry, or object.",
        subcommands: [List.self, Signers.self, Enter.self, Confirm.self, Object.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the signatures on paper of a request.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let found = try await node.exchange.papers(of: try requireID(request), for: principal)
                terminal.table(
                    ["id", "state", "act", "signatory", "signedOn", "due", "sha256"],
                    found.map { one in
                        let json = one.apiJSON()
                        return ["id", "state", "act", "signer", "signedOn", "due"].map { json[$0] ?? .null }
                            + [.string(one.scan.sha256)]
                    })
            }
        }
    }

    struct Signers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List who could have given a missing signature of your unit, and when.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let desk = try await node.exchange.paperDesk(of: try requireID(request), for: principal)
                let members = ["signer", "role", "post", "person", "from", "through"]
                terminal.table(
                    ["signatory"] + members.dropFirst(),
                    desk.open.map { one in
                        let json = one.apiJSON()
                        return members.map { json[$0] ?? .null }
                    })
            }
        }
    }

    struct Enter: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enter a signature that was given on paper.",
            discussion:
                "A signature that decides counts once its signer, or somebody else of the unit, has confirmed it."
        )
        @OptionGroup var actor: ActorOptions
        @OptionGroup var declaration: Declaration
        @Argument(help: "Id of the request.") var request: String
        @Option(help: "Scan of the signed sheet: PDF, OFD, JPEG or PNG.") var scan: String
        @Option(help: "Who signed, as `request paper signers` writes it.") var signer: String
        @Option(help: "sign-off, agree or refuse.") var decision: String
        @Option(help: "Day signed.") var signedOn: String
        @Option(help: "Why on paper.") var reason: String
        @Option(help: "The words on the sheet.") var comment: String = ""
        @Option(help: "Legal basis of a refusal.") var legalBasis: String = ""
        @Flag(help: "Whether a deadline was kept is judged by the day signed.") var judgedBySigned = false

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try declaration.require()
                let id: CaseID = try requireID(request)
                let file = try await node.exchange.request(id, for: principal)
                let brought = try await node.paperScans.bring(
                    fileAt: scan, named: scan, to: id, in: node.exchange, by: principal)
                let result = try await node.exchange.enter(
                    PaperEntry(
                        signer: PaperSigner(signer), decision: decision, comment: comment,
                        legalBasis: legalBasis, signedOn: CalendarDate(signedOn),
                        isJudgedBySigned: judgedBySigned, reason: reason, scan: brought.id),
                    on: id, seen: file.file.revision, by: principal)
                terminal.paper(result.approval)
            }
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm an entry: as its signer, or as a second person who compared it with its scan.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String
        @Argument(help: "Id of the entry.") var approval: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (id, paper): (CaseID, PaperApprovalID) = (
                    try requireID(request), try requireID(approval)
                )
                _ = try await node.exchange.reply(.confirm, to: paper, on: id, by: principal)
                terminal.paper(try await node.exchange.paper(paper, of: id, for: principal))
            }
        }
    }

    struct Object: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Object to an entry: it is undone where it can be, and a grant is suspended.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the request.") var request: String
        @Argument(help: "Id of the entry.") var approval: String
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (id, paper): (CaseID, PaperApprovalID) = (
                    try requireID(request), try requireID(approval)
                )
                _ = try await node.exchange.reply(.object(reason), to: paper, on: id, by: principal)
                terminal.paper(try await node.exchange.paper(paper, of: id, for: principal))
            }
        }
    }
}

extension Terminal {
    fileprivate func paper(_ approval: PaperApproval) {
        let json = approval.apiJSON()
        record(
            ["id", "state", "act", "step", "signer", "signedOn", "counts", "revision", "due", "scan"].map {
                ($0 == "signer" ? "signatory" : $0, json[$0] ?? .null)
            })
    }
}
