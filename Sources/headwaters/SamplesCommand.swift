import ArgumentParser
import Foundation
import Kernel
import Server
import TestKit
import Web

/// Every page in each of its states (empty, full, in error) and languages, as files to look at; `Tests/Browser/test_states.py` does.
struct SamplesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samples", abstract: "Write the samples of all pages as HTML.", shouldDisplay: false)

    @Option(help: "Folder to write into.") var out: String

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let fetched = Assets.fetchedFolder(
            environment: environment, executable: URL(filePath: CommandLine.arguments[0]))
        let links = try Assets(fetchedFolder: fetched).links
        let files = FileManager.default
        try files.createDirectory(atPath: "\(out)/assets", withIntermediateDirectories: true)
        for folder in [fetched, webPageFolder.path + "/assets"] {
            for name in try files.contentsOfDirectory(atPath: folder) {
                try? files.copyItem(atPath: "\(folder)/\(name)", toPath: "\(out)/assets/\(name)")
            }
        }
        let templates = try PageTemplates(folders: Node.pageFolders, words: Node.words)
        for page in Node.pages { try write(page, templates, links) }
    }

    private func write<P: Page>(_ page: P.Type, _ templates: PageTemplates, _ links: Shell.Assets) throws {
        for (position, sample) in P.samples.enumerated() {
            for language in Language.allCases {
                let mark = (sample as? any DataPage).flatMap { $0.isPersonal ? DataMark.sample : nil }
                let html = try templates.render(
                    sample, in: .sample(in: language, assets: links, mark: mark))
                let name = P.template.replacing("/", with: "-")
                try Data(html.utf8).write(
                    to: URL(filePath: "\(out)/\(name).\(position).\(language.rawValue).html"))
            }
        }
    }
}
