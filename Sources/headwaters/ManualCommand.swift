import ArgumentParser
import Foundation

/// docs/cli.md, made from the commands themselves; a test holds the page to it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print docs/cli.md.", shouldDisplay: false)

    func run() throws {
        try FileHandle.standardOutput.write(contentsOf: Data(Self.page.utf8))
    }

    static var page: String {
        var lines = [
            "# The command line", "",
            "Made by `headwaters manual` from the commands themselves. Commands that act on a site take `--data` (its folder)",
            "and act as the holder of `--token` (or `HEADWATERS_TOKEN`), with the same permits as the pages and the API.",
            "`--json` makes every answer one JSON document.", "",
            "Exit codes: 0 done · 1 verification failed · 2 wrong input · 3 not signed in · 4 not permitted · 5 not found ·",
            "6 moved or in another state · 7 refused by a rule · 8 over a quota · 9 too large · 10 cannot serve now ·",
            "11 another's service answered badly · 12 it did not answer in time · 64 usage · 70 a fault of ours.",
            "",
        ]
        describe(Headwaters.self, path: ["headwaters"], into: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func describe(
        _ command: any ParsableCommand.Type, path: [String], into lines: inout [String]
    ) {
        let children = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
        if children.isEmpty {
            lines += ["## `\(path.joined(separator: " "))`", "", "```text"]
            let help = Headwaters.helpMessage(for: command, columns: 100)
            lines += help.split(separator: "\n", omittingEmptySubsequences: false).map {
                String($0.reversed().drop(while: { $0 == " " }).reversed())
            }
            while lines.last == "" { lines.removeLast() }
            lines += ["```", ""]
        }
        for child in children {
            describe(child, path: path + [child._commandName], into: &lines)
        }
    }
}
