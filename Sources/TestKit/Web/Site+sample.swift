import Foundation
package import Identity
package import Kernel
package import Policy
package import Web

extension Shell {
    package static let sample = sample(in: .english, mark: .sample)

    package static func sample(
        in language: Language,
        assets: Assets = .init(bootstrap: "", style: "", htmx: "", charts: "", script: "", icon: ""),
        mark: DataMark? = nil
    ) -> Shell {
        Shell(
            siteName: "Headwaters", language: language,
            languages: [.init(code: .english, name: "English", href: "/?lang=en", isCurrent: true)],
            navigation: [.init(title: Message("web.home"), href: "/", isCurrent: true)],
            account: .init(name: "数据专员"), signInHref: "/sign-in", csrf: "0",
            flash: Notice(.done, Message("web.signed-out")), assets: assets, mark: mark)
    }

    package static let signedOutSample = Shell(
        siteName: "Headwaters", language: .english, languages: [], navigation: [], account: nil,
        signInHref: "/sign-in", csrf: "0",
        flash: nil,
        assets: Shell.sample.assets)
}

extension Door {
    /// A door without accounts: whoever opens it is a stranger.
    package static let shut = Door(
        principalOfSession: { _ in nil }, principalOfToken: { _ in nil },
        signIn: { _, _, _ in throw Problem(.unauthenticated, Message("web.sign-in-first")) },
        signOut: { _ in },
        posts: { _ in [] },
        choosePost: { _, _ in throw Problem(.forbidden, Message("web.forbidden")) })
}

extension Site {
    /// Web as it is, around the parts that a test passes in.
    package static func sample(
        folders: [PageFolder] = [], words: [Words] = [], door: Door = .shut,
        navigation: [NavigationItem] = [],
        settings: Settings? = nil,
        mayEver: @escaping @Sendable (Action, Principal) -> Bool = { Permissions().mayEver($0, $1) },
        uploads: UploadGate = UploadGate { _, _, _, _ in },
        clock: Clock = .system, log: @escaping @Sendable (JSON) -> Void = { _ in }
    ) throws -> Site {
        let environment = ProcessInfo.processInfo.environment
        let fetched = Assets.fetchedFolder(environment: environment, executable: Bundle.main.bundleURL)
        return Site(
            settings: settings
                ?? Settings(
                    secureCookies: false, trustedProxies: [],
                    uploadFolder: FileManager.default.temporaryDirectory.path),
            templates: try PageTemplates(
                folders: [webPageFolder] + folders, words: Words(merging: [webWords] + words)),
            assets: try Assets(fetchedFolder: fetched), door: door, navigation: navigation, mayEver: mayEver,
            uploads: uploads, clock: clock, log: log)
    }
}
