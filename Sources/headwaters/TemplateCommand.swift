import ArgumentParser
import Exchange
import Identity
import Kernel
import Policy
import Server

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Templates: bundles of terms that a decision can begin with; dated, set by the bureau.",
        subcommands: [List.self, Set.self, End.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List templates, those that have ended too.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, _, terminal in
                terminal.table(
                    ["id", "name", "sharing", "purpose", "basis", "from", "to"],
                    try await node.templates.all().map {
                        [
                            .string($0.id.text), .string($0.name), .optional($0.sharing?.rawValue),
                            .string($0.purpose), .string($0.basis), .string($0.from.description),
                            .optional($0.to),
                        ]
                    })
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a template, or a revision that ends another.",
            discussion: """
                A template is a JSON object: name, sharing (unconditional, conditional or absent), purpose, basis, from, and terms: \
                an object of the offer form's fields, with masks as lines such as "身份证号：keep-6-4".
                """)
        @OptionGroup var actor: ActorOptions
        @Option(help: "The template as a JSON file; - is standard input.") var file: String
        @Option(help: "Id of the template that it replaces.") var replaces: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let old = try replaces.map { try requireID($0, of: TemplateNoun.self) }
                let now = node.clock.now()
                let template = try TermsTemplate(json: try InputFile.json(file), today: now.date(), at: now)
                try await node.templates.set(template, replacing: old, by: principal)
                terminal.record([("id", .string(template.id.text)), ("name", .string(template.name))])
            }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a template; today is its first day over.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the template.") var template: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: TemplateID = try requireID(template)
                try await node.templates.end(
                    id, after: node.clock.now().date().adding(days: -1), by: principal)
                terminal.record([("id", .string(id.text))])
            }
        }
    }
}
