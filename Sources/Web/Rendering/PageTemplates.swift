import Foundation
package import Kernel
import Mustache
import Synchronization

/// Every template of every domain, once in each language. Read and scanned when the program starts, where a fault stops the start;
/// put into a language when somebody first reads it, as nobody waits at the start for pages that nobody asked for.
package final class PageTemplates: Sendable {
    package let words: Words
    package let sources: [TemplateSource]
    private let libraries = Mutex<[Language: MustacheLibrary]>([:])

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
    }

    /// A language that is made from another can have no faults of its own.
    private static let written = Language.allCases.filter { $0 != .traditionalChinese }

    /// Words that templates ask for and nobody wrote, which are shown in brackets on the page, and templates that are none: a test
    /// demands that there are none of either.
    package var faults: [String] {
        var faults: [String] = []
        for language in Self.written {
            do throws(TemplateError) {
                _ = try Self.library(of: sources, words, language) {
                    faults.append("\($0) (\(language.rawValue))")
                }
            } catch { faults.append("\(error)") }
        }
        return faults
    }

    /// Makes ready what the first reader would wait for; whoever reads meanwhile makes their own.
    package func prepare() throws {
        for language in Self.written { _ = try library(in: language) }
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
        if let library = libraries.withLock({ $0[language] }) { return library }
        let library = try Self.library(of: sources, words, language) { _ in }
        libraries.withLock { $0[language] = library }
        return library
    }

    /// The whole document, or only what is inside `<main>` when htmx asked for it.
    package func render(_ page: some Page, in shell: Shell, part: PagePart = .document) throws -> String {
        let shown = Shown(words: words, language: shell.language)
        var context = shown.properties(of: page)
        context["shell"] = shown.value(shell)
        let body = try text(of: type(of: page).template, context, shell.language)
        guard part == .document else {
            // Into a page that was there before: the mark belongs to what it shows now.
            let mark = try shell.mark.map {
                try text(of: "web/_mark", shown.properties(of: $0), shell.language)
            }
            return "<title>\(words.text(page.title, in: shell.language).escapedForHTML)</title>\n" + body
                + (mark ?? "")
        }
        context["bodyHTML"] = body
        return try text(of: "web/_document", context, shell.language)
    }

    package func text(_ message: Message, in language: Language) -> String {
        words.text(message, in: language)
    }

    private func text(of template: String, _ context: ShownProperties, _ language: Language) throws -> String
    {
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
