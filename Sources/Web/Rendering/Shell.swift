package import Kernel

/// What surrounds every page: language, navigation, who is signed in, what just happened.
package struct Shell: Sendable {
    package struct Link: Sendable {
        package let title: Message
        package let href: String
        package let isCurrent: Bool
        package init(title: Message, href: String, isCurrent: Bool = false) {
            self.title = title
            self.href = href
            self.isCurrent = isCurrent
        }
    }

    package struct LanguageLink: Sendable {
        package let code: Language
        package let name: String
        package let href: String
        package let isCurrent: Bool
        package init(code: Language, name: String, href: String, isCurrent: Bool) {
            self.code = code
            self.name = name
            self.href = href
            self.isCurrent = isCurrent
        }
    }

    package struct Account: Sendable {
        package let name: String
        package init(name: String) { self.name = name }
    }

    package struct Assets: Sendable {
        package let bootstrap: String
        package let style: String
        package let htmx: String
        package let charts: String
        package let script: String
        package let icon: String
        package init(
            bootstrap: String, style: String, htmx: String, charts: String, script: String, icon: String
        ) {
            self.bootstrap = bootstrap
            self.style = style
            self.htmx = htmx
            self.charts = charts
            self.script = script
            self.icon = icon
        }
    }

    package let siteName: String
    package let language: Language
    package let languages: [LanguageLink]
    package let navigation: [Link]
    package let account: Account?
    package let signInHref: String
    /// Of the session or the visitor; every form carries it.
    package let csrf: String
    package let flash: Notice?
    package let assets: Assets
    /// Who looks at it, on a page with values of rows.
    package var mark: DataMark?

    package init(
        siteName: String, language: Language, languages: [LanguageLink], navigation: [Link],
        account: Account?,
        signInHref: String, csrf: String, flash: Notice?, assets: Assets, mark: DataMark? = nil
    ) {
        self.siteName = siteName
        self.language = language
        self.languages = languages
        self.navigation = navigation
        self.account = account
        self.signInHref = signInHref
        self.csrf = csrf
        self.flash = flash
        self.assets = assets
        self.mark = mark
    }
}

/// One sentence about what just happened.
package struct Notice: Sendable, Hashable {
    package enum Tone: String, Sendable, Hashable, Codable {
        case done, warning, fault
    }
    package let tone: Tone
    package let message: Message
    package init(_ tone: Tone, _ message: Message) {
        self.tone = tone
        self.message = message
    }
}
