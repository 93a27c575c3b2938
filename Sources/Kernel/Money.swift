/// An amount in 分, the hundredth of a yuan (CNY): whole numbers only, and no sum that silently wraps.
package struct Money: Hashable, Sendable, Comparable, Codable {
    package let fen: Int64

    package init(fen: Int64) { self.fen = fen }

    package static let zero = Money(fen: 0)

    package static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

    /// Nil beyond what 64 bits hold.
    package func adding(_ other: Money) -> Money? {
        let (sum, over) = fen.addingReportingOverflow(other.fen)
        return over ? nil : Money(fen: sum)
    }

    package func multiplied(by count: Int64) -> Money? {
        let (product, over) = fen.multipliedReportingOverflow(by: count)
        return over ? nil : Money(fen: product)
    }

    package init(from decoder: any Decoder) throws {
        fen = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fen)
    }
}

extension Money: LosslessStringConvertible {
    /// `1234.56` or `-0.05`, without grouping or sign of currency.
    package var description: String {
        let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(fen < 0 ? "-" : "")\(yuan).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Yuan with at most two decimals; nil for anything else, so that no amount is rounded on its way in.
    package init?(_ text: String) {
        let negative = text.hasPrefix("-")
        let parts = text.dropFirst(negative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : "00"
        guard (1...2).contains(decimals.count) else { return nil }
        let digits = parts[0] + decimals + (decimals.count == 1 ? "0" : "")
        guard let fen = Int64("\(negative ? "-" : "")\(digits)") else { return nil }
        self.init(fen: fen)
    }
}
