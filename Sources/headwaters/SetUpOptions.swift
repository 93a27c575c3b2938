import ArgumentParser
import Foundation
import Identity
import Kernel
import Policy
import Server

/// Set-up acts: by the holder of a token, or with `--as-system` by whoever is at the machine.
struct SetUpOptions: ParsableArguments {
    @OptionGroup var actor: ActorOptions

    @Flag(help: "Act as the system itself: for whoever runs the machine, while nobody has a token yet.")
    var asSystem = false

    func run(_ body: (Node, Principal, Terminal) async throws -> Void) async throws {
        guard asSystem else { return try await actor.run(body) }
        try await actor.site.run { node, terminal in try await body(node, .system(), terminal) }
    }

    /// As `run`, for acts that one action of the permission table covers.
    func run(
        _ action: Action, _ body: (Node, Principal, Terminal) async throws -> Void
    ) async throws {
        try await run { node, principal, terminal in
            _ = try node.permissions.permit(
                action, on: .new(kind: action.noun, owner: principal.party), for: principal)
            try await body(node, principal, terminal)
        }
    }
}

/// A secret from a file or from standard input; never an argument, which every user of the machine could read.
struct SecretInput: ParsableArguments {
    static let bytesMax = 4_096

    @Option(help: "File whose first line is the password. Standard: the first line of standard input.")
    var passwordFile: String?

    func read(_ terminal: Terminal) throws -> String {
        if let passwordFile {
            guard let handle = FileHandle(forReadingAtPath: passwordFile) else {
                throw Problem(.notFound, Message("command.file-missing", ["path": passwordFile]))
            }
            defer { try? handle.close() }
            let bytes = try handle.read(upToCount: Self.bytesMax) ?? Data()
            return Self.firstLine(of: String(decoding: bytes, as: UTF8.self))
        }
        return try Self.withoutEcho {
            if isatty(STDIN_FILENO) == 1 { terminal.progress(terminal.text(Message("command.ask-password"))) }
            guard let line = readLine(strippingNewline: true), line.utf8.count <= Self.bytesMax else {
                throw Problem(.invalid, Message("command.password-missing"))
            }
            return line
        }
    }

    private static func firstLine(of text: String) -> String {
        String(text.prefix { !$0.isNewline })
    }

    private static func withoutEcho<Result>(_ body: () throws -> Result) rethrows -> Result {
        var before = termios()
        guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &before) == 0 else { return try body() }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        return try body()
    }
}
