/// A browser as people call it, out of what it sends: `Edge 131, Windows`. Of one that nobody knows, the beginning.
enum BrowserName {
    static let charactersMax = 60

    /// The first that fits: what imitates others says so beside their names.
    private static let browsers = [
        ("MicroMessenger/", "WeChat"), ("QQBrowser/", "QQBrowser"), ("UCBrowser/", "UCBrowser"),
        ("HuaweiBrowser/", "HuaweiBrowser"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ]
    private static let systems = [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"),
        ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    /// Nil when there is nothing to tell.
    static func short(_ userAgent: String?) -> String? {
        guard let userAgent, !userAgent.isEmpty else { return nil }
        let system = systems.first { userAgent.contains($0.0) }?.1
        for (mark, name) in browsers {
            guard let range = userAgent.firstRange(of: mark) else { continue }
            let version = userAgent[range.upperBound...].prefix(while: \.isNumber)
            let browser = version.isEmpty ? name : "\(name) \(version.prefix(6))"
            return system.map { "\(browser), \($0)" } ?? browser
        }
        let printable = userAgent.filter { $0.isASCII && !$0.isNewline && $0 >= " " }
        return printable.isEmpty ? nil : String(printable.prefix(charactersMax))
    }
}
