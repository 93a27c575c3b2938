import CQRencode

/// A text as a QR code (ISO/IEC 18004), drawn as SVG: dark on white whatever the page's colours, because cameras want it so.
package enum QRDrawing {
    /// White modules around it, as the standard asks.
    private static let quiet = 4
    private static let side = 208
    package static let bytesMax = 1_000

    /// Nil when the text is too long. Screen readers skip it: the page says the same in words.
    package static func svg(_ text: String) -> SafeHTML? {
        guard (1...bytesMax).contains(text.utf8.count),
            let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
        else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        let whole = width + 2 * quiet
        return SafeHTML(
            "<svg class=\"hw-qr\" data-drawn viewBox=\"0 0 \(whole) \(whole)\" width=\"\(side)\" height=\"\(side)\" "
                + "shape-rendering=\"crispEdges\" aria-hidden=\"true\" focusable=\"false\">"
                + "<rect width=\"\(whole)\" height=\"\(whole)\" fill=\"#fff\"/>"
                + "<path fill=\"#000\" d=\"\(path(modules, width))\"/></svg>")
    }

    /// One stroke for each run of dark modules in a line.
    private static func path(_ modules: UnsafeBufferPointer<UInt8>, _ width: Int) -> String {
        var path = ""
        for y in 0..<width {
            var x = 0
            while x < width {
                let start = x
                while x < width, modules[y * width + x] & 1 == 1 { x += 1 }
                if x > start {
                    path += "M\(start + quiet) \(y + quiet)h\(x - start)v1h-\(x - start)z"
                } else {
                    x += 1
                }
            }
        }
        return path
    }
}
