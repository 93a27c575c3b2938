import Foundation
import Kernel
package import Web

/// What must hold of every page in every state and language, as rendered.
package enum PageChecks {
    package static func faults(_ templates: PageTemplates, _ pages: [any Page.Type]) throws -> [String] {
        var faults: [String] = []
        for page in pages { faults += try samples(of: page, templates) }
        return faults
    }

    private static func samples<P: Page>(of page: P.Type, _ templates: PageTemplates) throws -> [String] {
        try P.samples.enumerated().flatMap { position, sample in
            try Language.allCases.flatMap { language in
                let html = try templates.render(sample, in: Shell.sample(in: language))
                return faults(of: html).map { "\(P.self) \(position) \(language.rawValue): \($0)" }
            }
        }
    }

    package static func faults(of html: String) -> [String] {
        var faults: [String] = []
        for match in html.matches(of: /\[[a-z][a-z0-9-]*(\.[a-z0-9-]+)+\]/) {
            faults.append("no word \(match.0)")
        }
        if html.contains(/<script(?![^>]*\ssrc=)/) { faults.append("inline script") }
        for match in html.matches(of: /<[^>]*\s(style|on[a-z]+)=/) { faults.append("inline: \(match.0)") }
        let headings = html.matches(of: /<h1[\s>]/).count
        if headings != 1 { faults.append("\(headings) h1") }
        let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        for (id, uses) in Dictionary(grouping: ids, by: \.self) where uses.count > 1 {
            faults.append("id '\(id)' \(uses.count) times")
        }
        faults += unlabelled(html)
        for form in html.matches(of: /<form[^>]*method="post"[^>]*>(?:(?!<\/form>)[\s\S])*/)
        where !form.0.contains("name=\"csrf\"") {
            faults.append("a form without proof: \(form.0.prefix(80))")
        }
        return faults
    }

    /// Controls need a label: one that names them by `for`, or one around them.
    private static func unlabelled(_ html: String) -> [String] {
        let labelled = Set(html.matches(of: /<label for="([^"]*)"/).map { String($0.1) })
        return html.matches(of: /<(input|select|textarea)\s[^>]*>/).compactMap { control in
            let tag = String(control.0)
            if tag.contains("type=\"hidden\"") || tag.contains("aria-label=") { return nil }
            if let id = tag.firstMatch(of: /\sid="([^"]*)"/), labelled.contains(String(id.1)) { return nil }
            let before = html[..<control.range.lowerBound]
            let opened = before.matches(of: /<label[\s>]/).count
            let closed = before.matches(of: /<\/label>/).count
            return opened > closed ? nil : "no label: \(tag)"
        }
    }
}
