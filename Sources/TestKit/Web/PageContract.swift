import Foundation
import Kernel
package import Web

/// Holds templates against the structs they show: Mustache renders a name it does not know as nothing, so nobody would see it.
package struct PageContract {
    private let templates: PageTemplates
    private let byName: [String: TemplateSource]
    private var faults: Set<String> = []
    /// `template: tag` that some sample reached with a value.
    private var reached: Set<String> = []

    package init(_ templates: PageTemplates) {
        self.templates = templates
        byName = Dictionary(uniqueKeysWithValues: templates.sources.map { ($0.name, $0) })
    }

    /// Every fault found: tags without a property, tags that no sample shows, templates without a page, missing words.
    package static func faults(_ templates: PageTemplates, _ pages: [any Page.Type]) -> [String] {
        var contract = PageContract(templates)
        for page in pages { contract.walkSamples(of: page) }
        contract.walkDocument()
        contract.findWhatWasNotReached(pages)
        return (contract.faults.union(templates.faults).union(templates.words.faults)).sorted()
    }

    private mutating func walkSamples<P: Page>(of page: P.Type) {
        guard let source = byName[P.template] else {
            faults.insert("\(P.self) names a template that is not there: \(P.template)")
            return
        }
        if P.samples.isEmpty { faults.insert("\(P.self) has no samples") }
        let shown = Shown(words: templates.words, language: .english)
        for sample in P.samples {
            var context = shown.properties(of: sample)
            context["shell"] = shown.value(Shell.sample)
            walk(source, [context])
        }
    }

    private mutating func walkDocument() {
        guard let source = byName["web/_document"] else { return }
        let shown = Shown(words: templates.words, language: .english)
        for shell in [Shell.sample, Shell.signedOutSample] {
            walk(
                source,
                [
                    ShownProperties(named: [
                        "title": "", "bodyHTML": shown.value(SafeHTML("")), "shell": shown.value(shell),
                    ])
                ])
        }
    }

    private mutating func findWhatWasNotReached(_ pages: [any Page.Type]) {
        for source in templates.sources {
            for tag in source.tags {
                guard let name = Self.name(of: tag), !reached.contains("\(source.name): \(name)") else {
                    continue
                }
                faults.insert("\(source.name): no page's sample shows {{\(name)}}")
            }
        }
    }

    private static func name(of tag: TemplateSource.Tag) -> String? {
        switch tag {
        case .variable(let name), .unescaped(let name), .section(let name), .inverted(let name): name
        default: nil
        }
    }
}

// MARK: - Walking one template as Mustache would

extension PageContract {
    private struct Nested {
        let pieces: ArraySlice<TemplateSource.Tag>
        let after: Int
    }

    private mutating func walk(_ source: TemplateSource, _ stack: [Any]) {
        walk(source.name, source.tags[...], stack)
    }

    private mutating func walk(_ template: String, _ tags: ArraySlice<TemplateSource.Tag>, _ stack: [Any]) {
        var at = tags.startIndex
        while at < tags.endIndex {
            switch tags[at] {
            case .variable(let name):
                _ = resolve(name, stack, template)
            case .unescaped(let name):
                if let value = resolve(name, stack, template), !(value is ShownMarkup), !(value is NSNull) {
                    faults.insert("\(template): {{{\(name)}}} is not SafeHTML")
                }
            case .word(_, let arguments):
                for path in arguments.values { _ = resolve(path, stack, template) }
            case .partial(let name):
                if let partial = byName[name] {
                    walk(partial, stack)
                } else {
                    faults.insert("\(template): no partial '\(name)'")
                }
            case .section(let name):
                let end = Self.end(of: name, from: at + 1, in: tags)
                walkSection(template, name, tags[(at + 1)..<end], stack)
                at = end
            case .inverted(let name):
                let end = Self.end(of: name, from: at + 1, in: tags)
                if let value = resolve(name, stack, template), Self.isAbsent(value) {
                    walk(template, tags[(at + 1)..<end], stack)
                }
                at = end
            case .end, .comment: break
            }
            at += 1
        }
    }

    private mutating func walkSection(
        _ template: String, _ name: String, _ inner: ArraySlice<TemplateSource.Tag>, _ stack: [Any]
    ) {
        guard let value = resolve(name, stack, template), !Self.isAbsent(value) else { return }
        if let elements = value as? [Any] {
            for element in elements { walk(template, inner, stack + [element]) }
        } else if value is Bool {
            walk(template, inner, stack)
        } else {
            walk(template, inner, stack + [value])
        }
    }

    private mutating func resolve(_ path: String, _ stack: [Any], _ template: String) -> Any? {
        if path == "." {
            reached.insert("\(template): .")
            return stack.last
        }
        let names = path.split(separator: ".").map(String.init)
        guard let first = names.first,
            let found = stack.reversed().lazy.compactMap({ Self.child(first, of: $0) }).first
        else {
            faults.insert("\(template): {{\(path)}} is no property of its page")
            return nil
        }
        var value = found
        for name in names.dropFirst() {
            if value is NSNull { return value }
            guard let next = Self.child(name, of: value) else {
                faults.insert("\(template): {{\(path)}} is no property of its page")
                return nil
            }
            value = next
        }
        reached.insert("\(template): \(path)")
        return value
    }

    private static func child(_ name: String, of value: Any) -> Any? {
        (value as? any ShownPart)?.part(name)
    }

    private static func isAbsent(_ value: Any) -> Bool {
        if value is NSNull { return true }
        if let truth = value as? Bool { return !truth }
        return (value as? [Any])?.isEmpty == true
    }

    private static func end(of name: String, from: Int, in tags: ArraySlice<TemplateSource.Tag>) -> Int {
        var depth = 0
        for at in from..<tags.endIndex {
            switch tags[at] {
            case .section(name), .inverted(name): depth += 1
            case .end(name):
                if depth == 0 { return at }
                depth -= 1
            default: break
            }
        }
        return tags.endIndex - 1
    }
}
