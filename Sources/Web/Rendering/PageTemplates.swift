import Foundation
package import Kernel
import Mustache
import Synchronization

/// Every template of every domain, once in each language. Loaded when the program starts; a fault stops the start. A language made
/// from another waits until somebody reads it: it can have no faults of its own.
package final class PageTemplates: Sendable {
    package let words: Words
    package let sources: [TemplateSource]
    /// Words that templates ask for and nobody wrote. Shown in brackets on the page; a test demands that there are none.
    package let faults: [String]
    private let libraries: Mutex<[Language: MustacheLibrary]>

    package init(folders: [PageFolder], words: Words) throws(TemplateError) {
        self.words = words
        var sources: [TemplateSource] = []
        var names: Set<String> = []
        for folder in folders {
            for source in try Self.load(folder) {
                guard names.insert(source.name).inserted else { throw .twice(source.name) }
                sources.append(source)
            }
        }
        self.sources = sources
        var faults: [String] = []
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases where language != .traditionalChinese {
            libraries[language] = try Self.library(of: sources, words, language) {
                faults.append("\($0) (\(language.rawValue))")
            }
        }
        self.faults = faults
        self.libraries = Mutex(libraries)
    }

    private static func library(
        of sources: [TemplateSource], _ words: Words, _ language: Language, fault: (String) -> Void
    ) throws(TemplateError) -> MustacheLibrary {
        var library = MustacheLibrary()
        for source in sources {
            let text = source.localised(words, in: language, fault: fault)
            do { try library.register(text, named: source.name) } catch {
                throw .notMustache(template: source.name, reason: String(describing: error))
            }
        }
        return library
    }

    private func library(in language: Language) throws -> MustacheLibrary {
        try libraries.withLock { libraries in
            if let library = libraries[language] { return library }
            let library = try Self.library(of: sources, words, language) { _ in }
            libraries[language] = library
            return library
        }
    }

    /// The whole document, or only what is inside `<main>` when htmx asked for it.
    package func render(_ page: some Page, in shell: Shell, part: PagePart = .document) throws -> String {
        let shown = Shown(words: words, language: shell.language)
        var context = shown.properties(of: page)
        context["shell"] = shown.value(shell)
        let body = try text(of: type(of: page).template, context, shell.language)
        guard part == .document else {
            return "<title>\(words.text(page.title, in: shell.language).escapedForHTML)</title>\n" + body
        }
        context["bodyHTML"] = body
        return try text(of: "web/_document", context, shell.language)
    }

    package func text(_ message: Message, in language: Language) -> String {
        words.text(message, in: language)
    }

    private func text(of template: String, _ context: [String: Any], _ language: Language) throws -> String {
        guard let text = try library(in: language).render(context, withTemplate: template) else {
            throw TemplateError.unreadable(template)
        }
        return text
    }

    private static func load(_ folder: PageFolder) throws(TemplateError) -> [TemplateSource] {
        guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw .folderMissing(folder.path)
        }
        var sources: [TemplateSource] = []
        for file in files.sorted() where file.hasSuffix(".mustache") && !file.hasPrefix(".") {
            guard let data = FileManager.default.contents(atPath: "\(folder.path)/\(file)"),
                let text = String(data: data, encoding: .utf8)
            else { throw .unreadable("\(folder.path)/\(file)") }
            sources.append(
                try TemplateSource(name: "\(folder.domain)/\(file.dropLast(".mustache".count))", text: text))
        }
        return sources
    }
}

package enum PagePart: Sendable, Hashable {
    case document
    /// What is inside `<main>`, and the title: for htmx, which picks the element it wants with `hx-select`.
    case main
}
