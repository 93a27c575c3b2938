import COpenCC
import Synchronization

/// The site's own words in traditional characters, made from the simplified ones by OpenCC when a reader first asks for them.
///
/// The forms are Hong Kong's (`s2hk`): characters change, terms do not, for the law's terms (公共数据 → 公共數據) are the same
/// words on both sides of the border. What stands in 《》 is the title of an official document and stays as it was issued. Data,
/// names of persons and of units never come here.
enum TraditionalChinese {
    private static let converter = Converter()
    private static let known = Mutex<[String: String]>([:])

    /// Remembers what it converted: there are as many texts as the tables of words have lines.
    static func text(of simplified: String) -> String {
        if let text = known.withLock({ $0[simplified] }) { return text }
        let text = outsideTitles(of: simplified) { corrected(converter.converted($0)) }
        known.withLock { $0[simplified] = text }
        return text
    }

    /// Where the longest match of the dictionaries is the wrong word (并|发布, not 并发|布), or two spellings are both right and one
    /// is ours. Nothing here is drawn by lot: 签 is always a signature.
    private static let corrections = [
        ("併發布", "並發布"), ("併發佈", "並發布"), ("發佈", "發布"), ("公佈", "公布"), ("籤", "簽"),
        ("名錶明", "名表明"), ("該錶", "該表"), ("每捲", "每卷"), ("新制作", "新製作"), ("不復制", "不複製"),
        ("期未復", "期未覆"), ("銷燬", "銷毀"),
    ]

    private static func corrected(_ text: String) -> String {
        var text = text
        for (wrong, right) in corrections where text.contains(wrong) {
            text = text.replacing(wrong, with: right)
        }
        return text
    }

    private static func outsideTitles(of text: String, _ convert: (Substring) -> String) -> String {
        var out = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "《"), let close = rest[open...].firstIndex(of: "》") {
            out += convert(rest[..<open]) + rest[open...close]
            rest = rest[rest.index(after: close)...]
        }
        return out + convert(rest)
    }

    /// OpenCC's dictionaries, read once. Conversions read them only, but an error is kept in one place of the library.
    private final class Converter: Sendable {
        private let handle: Mutex<UInt>

        init() {
            let opened = opencc_open("s2hk.json")
            handle = Mutex(UInt(bitPattern: opened))
        }

        /// The text as it is when the dictionaries are missing: simplified characters can be read, an empty page cannot.
        func converted(_ text: Substring) -> String {
            if text.isEmpty { return "" }
            return handle.withLock { handle in
                guard let opened = opencc_t(bitPattern: handle), handle != .max else { return String(text) }
                var text = String(text)
                let converted = text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) {
                        opencc_convert_utf8(opened, $0.baseAddress, $0.count)
                    }
                }
                guard let converted else { return text }
                defer { opencc_convert_utf8_free(converted) }
                return String(cString: converted)
            }
        }
    }
}
