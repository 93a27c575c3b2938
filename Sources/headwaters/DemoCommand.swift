import ArgumentParser
import Cryptography
import Foundation
import Identity
import Kernel
import Release
import Server
import TestKit

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make a sample city, carry one table through the whole chain, then serve it.")

    @OptionGroup var site: SiteOptions

    @Flag(help: "Stop after the chain.")
    var once = false

    @Option(help: "TCP port to serve on.")
    var port = 8080

    @Option(help: "Rows of the sample table.")
    var rows = 10_000

    func run() async throws {
        try await site.speech.run { terminal in
            var environment = ProcessInfo.processInfo.environment
            environment[Setting.listenPort.environmentName] = String(port)
            let address = Setting.listenAddress
            if !once {
                try await Node.requireFree(
                    address: environment[address.environmentName] ?? address.standard, port: port)
            }
            _ = try site.folder.create(
                profile: "heyuan", algorithm: .sm2, environment: environment, at: Clock.system.now())
            let node = try await Node.open(site.folder, environment: environment, migrates: true)
            let log = JSONLog(least: .error)
            do {
                try await chain(node, terminal)
            } catch {
                await node.close()
                throw error
            }
            if once {
                await node.close()
                return
            }
            try await node.serve(log: log, environment: environment) { url in
                terminal.progress(terminal.text(Message("serve.running", ["url": url])))
            }
        }
    }

    private func chain(_ node: Node, _ terminal: Terminal) async throws {
        let background = Task { await node.runBackground { _, _ in } }
        defer { background.cancel() }
        let now = node.clock.now()
        _ = try await node.parties.plant(
            try PartySeed(tsv: try Profile(node.identity.profile).text("units.tsv")), founded: now.date(),
            by: .system(), at: now)
        try await node.plantUnitList()
        let people = try await SamplePeople(in: node)
        let accounts = node.folder.root.appending(path: "demo-accounts.json")
        try people.write(to: accounts)
        let outcome = try await SampleChain(node, people, rows: rows) { step in
            terminal.progress("· " + terminal.text(step))
        }.run()
        terminal.progress(terminal.text(Message("demo.accounts", ["path": accounts.path])))
        for holder in SamplePeople.holders {
            guard let member = people.members[holder.key] else { continue }
            terminal.progress("  \(holder.key)  \(member.password)  \(holder.unit) \(holder.title)")
        }
        terminal.answer(
            Message("demo.done", ["path": node.folder.path]),
            [
                "data": .string(node.folder.path), "accounts": .string(accounts.path),
                "grant": .string(outcome.grant.text), "release": .string(outcome.release.id.text),
                "file": .string(node.files.path(of: outcome.release.id)),
                "receipt": .string(outcome.receipt.path), "verified": true,
            ])
    }
}
