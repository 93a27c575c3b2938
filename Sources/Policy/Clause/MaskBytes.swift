package import Cryptography

/// The one implementation of the masks on text: UTF-8 bytes in, UTF-8 bytes appended to `out`. The row evaluator and the
/// engine's native functions both call it, so they cannot differ.
package enum MaskBytes {
    private static let star = UInt8(ascii: "*")

    /// `keepEnds(first:last:)`, counted in code points; not longer than `first + last`: every character masked.
    package static func keepEnds(
        _ text: UnsafeBufferPointer<UInt8>, first: Int, last: Int, into out: inout [UInt8]
    ) {
        let characters = count(text)
        guard first >= 0, last >= 0, characters > first + last else {
            out.append(contentsOf: repeatElement(star, count: characters))
            return
        }
        out.append(contentsOf: text[..<offset(of: first, in: text)])
        out.append(contentsOf: repeatElement(star, count: characters - first - last))
        out.append(contentsOf: text[offset(of: characters - last, in: text)...])
    }

    /// The first characters, counted in code points.
    package static func truncate(_ text: UnsafeBufferPointer<UInt8>, first: Int, into out: inout [UInt8]) {
        out.append(contentsOf: text[..<offset(of: max(0, first), in: text)])
    }

    /// The surname stays. A compound surname counts only when something follows it; a name of one character is masked whole.
    package static func surname(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        let characters = count(text)
        guard characters > 1 else {
            out.append(contentsOf: repeatElement(star, count: characters))
            return
        }
        var kept = 1
        if characters > 2 {
            let two = text[..<offset(of: 2, in: text)]
            // Every compound surname is two Han characters of three bytes: others need no look-up.
            if two.count == 6, Surnames.compoundKeys.contains(Surnames.key(two)) { kept = 2 }
        }
        out.append(contentsOf: text[..<offset(of: kept, in: text)])
        out.append(contentsOf: repeatElement(star, count: characters - kept))
    }

    /// The one name of `names` that stands in the text. A name inside a longer one that stands at the same place does not count
    /// (城区 in 源城区); two different names, or none, are no answer.
    package static func county(_ text: UnsafeBufferPointer<UInt8>, names: [[UInt8]]) -> [UInt8]? {
        var found: [UInt8]?
        var start = 0
        while start < text.count {
            var longest: [UInt8]?
            for name in names
            where name.first == text[start] && name.count > longest?.count ?? 0
                && name.count <= text.count - start
                && text[start..<(start + name.count)].elementsEqual(name)
            {
                longest = name
            }
            guard let name = longest else {
                start += 1
                continue
            }
            if let found, found != name { return nil }
            found = name
            start += name.count
        }
        return found
    }

    /// Hex of the MAC of the normalised value, 64 characters.
    package static func pseudonym(_ text: UnsafeBufferPointer<UInt8>, key: MAC, into out: inout [UInt8]) {
        let normal = normalised(text)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { tag in
            guard let base = tag.baseAddress else { return }
            normal.withUnsafeBytes { key.tag($0, into: base) }
            for byte in tag {
                out.append(hexDigits[Int(byte >> 4)])
                out.append(hexDigits[Int(byte & 15)])
            }
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// White space at both ends removed, ASCII letters upper case: `44011320141005001x` and ` 44011320141005001X` are one person.
    package static func normalised(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        trimmed(text).map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
    }

    /// Without ASCII white space and U+3000 at both ends.
    package static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var start = 0
        var end = text.count
        while start < end {
            if isSpace(text[start]) {
                start += 1
            } else if start + 3 <= end, isIdeographicSpace(text, at: start) {
                start += 3
            } else {
                break
            }
        }
        while end > start {
            if isSpace(text[end - 1]) {
                end -= 1
            } else if end - 3 >= start, isIdeographicSpace(text, at: end - 3) {
                end -= 3
            } else {
                break
            }
        }
        return text[start..<end]
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isIdeographicSpace(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        text[index] == 0xE3 && text[index + 1] == 0x80 && text[index + 2] == 0x80
    }

    /// Code points.
    package static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var characters = 0
        for byte in text where byte & 0xC0 != 0x80 { characters += 1 }
        return characters
    }

    /// The byte at which code point number `position` begins; the end beyond the last.
    private static func offset(of position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        var seen = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 {
            if seen == position { return index }
            seen += 1
        }
        return text.count
    }
}

/// 复姓: the compound surnames still borne, each of two characters.
package enum Surnames {
    package static let compound = """
        欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 \
        长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 \
        南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 \
        即墨 达奚 褚师 吴铭 纳兰 归海 淳于 单于 田丘 完颜 叶赫 哥舒 相里 沮渠 歐陽 東方 獨孤 南宮 萬俟 聞人 諸葛 尉遲 赫連 澹臺 濮陽 \
        鍾離 長孫 鮮于 閭丘 司馬 巫馬 顓孫 壤駟 樂正 穀梁 夾谷 軒轅 段幹 東郭 達奚 納蘭 單于 完顏 葉赫 公孫 仲孫 慕容
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)

    static let compoundKeys = Set(
        compound.compactMap { name in name.utf8.count == 6 ? key(Array(name.utf8)[...]) : nil })

    static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
