package import Foundation
package import Kernel

/// One page: a struct of stored properties, which its template names.
///
/// The template sees strings, numbers, booleans, `Message` (in the page's language), `Instant`, `CalendarDate`, ids, nested
/// structs, optionals and arrays of these. Computed properties are not seen. `shell` is at hand in every template.
package protocol Page: Sendable {
    /// `<domain>/<file>`: `catalogue/entries` is `Sources/Catalogue/Pages/entries.mustache`.
    static var template: String { get }
    /// What the browser's tab and the page's heading say.
    var title: Message { get }
    /// Every state the page can be in, at least one each: tests render them all and hold the template's tags against them.
    static var samples: [Self] { get }
}

/// The templates of one domain: `package let cataloguePageFolder = PageFolder("catalogue", Bundle.module)`.
package struct PageFolder: Sendable {
    package let domain: String
    package let path: String

    /// The bundle of a target with `resources: [.copy("Pages")]`.
    package init(_ domain: String, _ bundle: Bundle) {
        self.domain = domain
        path = bundle.bundlePath + "/Pages"
    }

    package init(_ domain: String, path: String) {
        self.domain = domain
        self.path = path
    }
}

/// Markup that the program made itself (a drawing, a rendered page). The only thing `{{{name}}}` accepts.
package struct SafeHTML: Sendable, Hashable {
    package let markup: String
    package init(_ markup: String) { self.markup = markup }
}
