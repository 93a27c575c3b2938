extension BinaryInteger {
    /// Thousands apart: `1,234,567`.
    package var grouped: String {
        let digits = String(magnitude)
        var out = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { out += "," }
            out.append(digit)
        }
        return self < 0 ? "−" + out : out
    }
}
