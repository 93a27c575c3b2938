package import Hummingbird
import HummingbirdCore
package import Identity
package import Kernel
package import Policy

/// The web as it is put together once: templates, assets, the door, what is shown to whom, and where the log goes.
package final class Site: Sendable {
    package struct Settings: Sendable {
        /// Cookies are marked Secure always; otherwise only behind a trusted proxy that says https.
        package let secureCookies: Bool
        /// Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
        package let trustedProxies: Set<String>
        /// Uploads arrive here under names of ours.
        package let uploadFolder: String
        /// Of a visitor who has not chosen and whose browser names none that we have.
        package let language: Language
        /// In the head of every page; nil for the product's own name.
        package let name: String?
        /// Pages of rows are marked with who looks at them even where no column is personal.
        package let marksAllData: Bool

        package init(
            secureCookies: Bool, trustedProxies: Set<String>, uploadFolder: String,
            language: Language = .simplifiedChinese, name: String? = nil, marksAllData: Bool = false
        ) {
            self.secureCookies = secureCookies
            self.trustedProxies = trustedProxies
            self.uploadFolder = uploadFolder
            self.language = language
            self.name = name
            self.marksAllData = marksAllData
        }
    }

    /// An entry of the main navigation; shown to those whom the route's guard would let in.
    package struct NavigationItem: Sendable {
        package let title: Message
        package let href: String
        package let guardedBy: RouteGuard
        package init(_ title: Message, _ href: String, _ guardedBy: RouteGuard) {
            self.title = title
            self.href = href
            self.guardedBy = guardedBy
        }
    }

    package let settings: Settings
    package let templates: PageTemplates
    package let assets: Assets
    package let door: Door
    package let navigation: [NavigationItem]
    /// Whether any role of the principal, and its token's scopes, may ever do this. Which thing it may do it to is Policy's.
    package let mayEver: @Sendable (Action, Principal) -> Bool
    /// Looks at every file that a form or a program brings.
    package let uploads: UploadGate
    package let clock: Clock
    package let figures: RequestFigures
    /// Takes one JSON object a request.
    package let log: @Sendable (JSON) -> Void

    package init(
        settings: Settings, templates: PageTemplates, assets: Assets, door: Door,
        navigation: [NavigationItem],
        mayEver: @escaping @Sendable (Action, Principal) -> Bool, uploads: UploadGate, clock: Clock,
        figures: RequestFigures = RequestFigures(), log: @escaping @Sendable (JSON) -> Void
    ) {
        self.settings = settings
        self.templates = templates
        self.assets = assets
        self.door = door
        self.navigation = navigation
        self.mayEver = mayEver
        self.uploads = uploads
        self.clock = clock
        self.figures = figures
        self.log = log
    }

    /// Mounts the door, the assets and the domains' routes.
    package func router(_ routes: Routes) -> Router<AppContext> {
        let all = self.routes(with: routes)
        // Whoever comes back from a provider may meet the form of the second step there.
        let forms = Set(
            all.all.filter { $0.method == .post && $0.guardedBy == .public }.map {
                RouterPath($0.path).description
            }
        ).union([RouterPath(Self.providerReturnPath).description])
        let router = Router(context: AppContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: Pipeline(site: self, visitorFormPaths: forms))
        for route in all.all {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await self.answer(route, request, context)
            }
        }
        return router
    }

    /// The domains' routes and Web's own: what the golden route table lists.
    package func routes(with routes: Routes) -> Routes {
        var all = routes
        doorRoutes(&all)
        assets.routes(&all)
        apiRoutes(&all)
        return all
    }

    func mayPass(_ guardedBy: RouteGuard, _ principal: Principal) -> Bool {
        switch guardedBy {
        case .public: true
        case .signedIn: principal.account != nil
        case .action(let action): principal.account != nil && mayEver(action, principal)
        case .anyOf(let actions): principal.account != nil && actions.contains { mayEver($0, principal) }
        }
    }

    func shell(for visitor: Visitor, at uri: URI) -> Shell {
        let query = (try? SubmittedForm(urlEncoded: (uri.query ?? "")[...])) ?? SubmittedForm()
        let here = Links.path(uri.path, query, setting: ["lang": String?.none])
        return Shell(
            siteName: settings.name ?? templates.text(Message("web.product"), in: visitor.language),
            language: visitor.language,
            languages: Language.allCases.map { language in
                Shell.LanguageLink(
                    code: language, name: language.ownName,
                    href: Links.path(uri.path, query, setting: ["lang": language.rawValue]),
                    isCurrent: language == visitor.language)
            },
            navigation: navigation.filter { mayPass($0.guardedBy, visitor.principal) }.map { item in
                Shell.Link(
                    title: item.title, href: item.href,
                    isCurrent: uri.path == item.href
                        || (item.href != "/" && uri.path.hasPrefix(item.href + "/")))
            },
            account: visitor.principal.account.map { _ in Shell.Account(name: visitor.principal.displayName)
            },
            signInHref: "/sign-in?return=" + SubmittedForm.encoded(here),
            csrf: visitor.csrf, flash: visitor.flash, assets: assets.links)
    }
}
