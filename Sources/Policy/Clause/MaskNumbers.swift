/// The one implementation of the masks on numbers, exact in every digit. The row evaluator and the engine's native functions both
/// call it, so they cannot differ. A decimal is `unscaled` times 10 to the minus `scale`.
package enum MaskNumbers {
    /// The range of `width` that holds the number: `[300,400)`.
    package static func band(_ number: DecimalText, width: Int64) -> String {
        var low: Int128 = number.unscaled < 0 ? -1 : 0
        let (unit, isWider) = power(number.scale).multipliedReportingOverflow(by: Int128(width))
        if !isWider {
            let (quotient, remainder) = number.unscaled.quotientAndRemainder(dividingBy: unit)
            low = remainder < 0 ? quotient - 1 : quotient
        }
        // Of 38 digits at most, so that another width still fits.
        return "[\(low * Int128(width)),\((low + 1) * Int128(width)))"
    }

    /// The next whole multiple of `step` towards zero, so that no number becomes too large for its type.
    package static func step(_ number: DecimalText, _ step: Int64) -> DecimalText {
        let (unit, isWider) = power(number.scale).multipliedReportingOverflow(by: Int128(step))
        return DecimalText(
            unscaled: isWider ? 0 : number.unscaled - number.unscaled % unit, scale: number.scale)
    }

    /// The bound that the number lies beyond, or the number itself; nil is no bound.
    package static func limit(_ number: DecimalText, low: Int64?, high: Int64?) -> DecimalText {
        func bound(_ bound: Int64?) -> Int128? {
            guard let bound else { return nil }
            let (scaled, isWider) = power(number.scale).multipliedReportingOverflow(by: Int128(bound))
            // A bound that does not fit in 38 digits beside so many decimals is beyond every number of that scale.
            return isWider ? nil : scaled
        }
        if let high = bound(high), number.unscaled > high {
            return DecimalText(unscaled: high, scale: number.scale)
        }
        if let low = bound(low), number.unscaled < low {
            return DecimalText(unscaled: low, scale: number.scale)
        }
        return number
    }

    /// As above. No number (NaN) is above every number, as the engine has it.
    package static func limit(_ number: Double, low: Int64?, high: Int64?) -> Double {
        if let high, number.isNaN || number > Double(high) { return Double(high) }
        if let low, number < Double(low) { return Double(low) }
        return number
    }

    /// What stands behind so many decimals becomes zero.
    package static func cut(_ number: DecimalText, places: Int) -> DecimalText {
        guard places < number.scale else { return number }
        return DecimalText(
            unscaled: number.unscaled - number.unscaled % power(number.scale - max(0, places)),
            scale: number.scale)
    }

    /// As people read the number: 113.3 stays 113.3, though no double is exactly that. Nil for what is no number.
    package static func cut(_ number: Double, places: Int) -> Double? {
        guard number.isFinite else { return nil }
        // From here on doubles have no decimals.
        guard number.magnitude < 9_007_199_254_740_992 else { return number }
        let written = number.magnitude.description.split(separator: "e")
        var digits = written[0].filter { $0 != "." }
        var decimals = written[0].split(separator: ".").last.map(\.count) ?? 0
        if written.count == 2, let exponent = Int(written[1]) {
            decimals -= exponent
            digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        }
        let whole = digits.dropLast(decimals)
        let kept = digits.suffix(decimals).prefix(max(0, places))
        let cut = Double("\(whole).\(kept)0") ?? 0
        return number < 0 && cut > 0 ? -cut : cut
    }

    private static func power(_ scale: Int) -> Int128 { (0..<scale).reduce(1) { power, _ in power * 10 } }
}
