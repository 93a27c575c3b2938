/// An error nobody foresaw, as the log may keep it: what kind it is and where it came from, without the values it met.
///
/// Messages of databases and engines quote what they could not take: a name, a citizen's number. So whatever stands in quotes or
/// behind `=(`, every run of five digits and more, and everything beyond ASCII is left out.
package struct LoggedError: Sendable {
    package static let charactersMax = 1_000
    package let text: String

    package init(_ error: any Error) { text = Self.bare(String(reflecting: error)) }

    static func bare(_ message: String) -> String {
        var out = ""
        var rest = message.unicodeScalars.prefix(charactersMax * 4)[...]
        while let scalar = rest.first, out.unicodeScalars.count < charactersMax {
            if scalar == "'", let end = rest.dropFirst().firstIndex(of: "'") {
                out += "'…'"
                rest = rest[rest.index(after: end)...]
            } else if let after = Self.behind(#"\""#, rest), let end = Self.start(of: #"\""#, in: after) {
                out += #"\"…\""#
                rest = Self.behind(#"\""#, end) ?? end
            } else if let after = Self.behind("=(", rest) {
                out += "=(…"
                rest = after.drop { $0 != ")" }
            } else if scalar.properties.numericType == .decimal {
                let digits = rest.prefix { $0.properties.numericType == .decimal }
                out += digits.count >= 5 ? "…" : String(digits)
                rest = rest[digits.endIndex...]
            } else if !scalar.isASCII {
                out += "…"
                rest = rest.drop { !$0.isASCII }
            } else {
                out.unicodeScalars.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private typealias Scalars = Substring.UnicodeScalarView

    private static func behind(_ mark: String, _ rest: Scalars) -> Scalars? {
        rest.starts(with: mark.unicodeScalars) ? rest.dropFirst(mark.unicodeScalars.count) : nil
    }

    private static func start(of mark: String, in rest: Scalars) -> Scalars? {
        var rest = rest
        while !rest.isEmpty {
            if rest.starts(with: mark.unicodeScalars) { return rest }
            rest = rest.dropFirst()
        }
        return nil
    }
}
