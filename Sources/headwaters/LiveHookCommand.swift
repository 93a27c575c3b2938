import ArgumentParser
import Foundation
import Hooking
import Kernel
import Lake
import Policy
import Server

struct LiveHookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live",
        abstract:
            "Try an HTTP service that answers by key, and with --confirm hook it live: asked call by call, never copied."
    )
    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the entry.") var entry: String
    @Option(help: "Address, such as https://10.1.2.3:8443/person; its host:port is in hooking.live-hosts.")
    var base: String
    @Flag(help: "POST a JSON object instead of GET.") var post = false
    @Option(help: "Parameter, such as \"query id = @身份证号\"; may be given several times.") var parameter:
        [String] = []
    @Option(help: "JSON pointer to the records. Standard: the whole answer.") var records = ""
    @Option(help: "JSON pointer to what says that it succeeded.") var successAt: String?
    @Option(help: "What stands there then.") var successIs: String?
    @Flag(name: .customLong("absent-by-404"), help: "Status 404 says that there is no such record.")
    var absentBy404 = false
    @Option(help: "Header that carries the secret.") var secretHeader: String?
    @Option(help: "What stands before the secret in it, such as Bearer.") var secretPrefix = ""
    @Option(help: "User of Basic authentication.") var user: String?
    @OptionGroup var secret: SourcePassword
    @Option(help: "File whose first line is a key to try the service with.") var sampleFile: String
    @Option(help: "Longest wait, in seconds.") var secondsMax = LiveSource.Limits().secondsMax
    @Option(help: "Calls at once.") var callsMax = LiveSource.Limits().callsMax
    @Option(help: "Write the proposed mapping here, to be edited and given back with --mapping.")
    var mappingOut: String?
    @Option(help: "A mapping that --mapping-out wrote. Standard: the proposed one.") var mapping: String?
    @Flag(help: "Hook it, with that mapping.") var confirm = false

    func run() async throws {
        try await actor.run { node, principal, terminal in
            let (source, id) = (try source(), try requireID(entry, of: EntryNoun.self))
            let sample = String(
                decoding: try InputFile.bytes(sampleFile, bytesMax: 4_096), as: UTF8.self
            ).prefix { !$0.isNewline }
            let password = try secret.read()
            let probe = try await node.hooking.probe(
                live: source, sample: LiveSample(column: "", key: String(sample)), secret: password, for: id,
                by: principal)
            let proposed = try JSONEncoder().encode(probe.mapping)
            if let mappingOut { try OutputPlace.write(proposed, to: mappingOut) }
            guard confirm else {
                terminal.table(
                    ["path", "column", "type"],
                    probe.mapping.columns.map { column in
                        [.string(column.sourceName), .string(column.name), .string(column.type.description)]
                    })
                return
            }
            let confirmed = try mapping.map { try SourceMapping(file: $0) } ?? probe.mapping
            let hook = try await node.hooking.define(
                id, source: .live(source), mapping: confirmed, keyColumns: source.keys.map(\.name),
                password: password, by: principal)
            terminal.record(hook.fields)
        }
    }

    private func source() throws -> LiveSource {
        let parameters = try parameter.map { text in
            guard let read = LiveSource.Parameter(line: text) else {
                throw Problem(.invalid, Message("command.live-parameter", ["text": text]))
            }
            return read
        }
        let credential: LiveSource.Credential =
            if let secretHeader {
                .header(name: secretHeader, prefix: secretPrefix.isEmpty ? "" : secretPrefix + " ")
            } else if let user { .basic(user: user) } else { .none }
        var limits = LiveSource.Limits()
        limits.secondsMax = secondsMax
        limits.callsMax = callsMax
        return LiveSource(
            base: base, method: post ? .post : .get, parameters: parameters, credential: credential,
            records: records, success: successAt.map { .init(place: $0, value: successIs ?? "") },
            isAbsentBy404: absentBy404, limits: limits)
    }
}
