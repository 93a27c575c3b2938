/// Tells the encoding of a file from a sample of its bytes.
///
/// GB18030 and Big5 share nearly all their byte pairs, so validity alone decides nothing: whichever reading yields the characters
/// that Chinese tables are really made of is the right one.
enum EncodingDetector {
    static let sampleBytesMax = 1 << 20

    /// Looks at the head and, when that is all ASCII, at the first place where it is not.
    static func detect(_ file: SourceFile) throws(SourceError) -> EncodingDetection {
        let head = try file.bytes(at: 0, count: sampleBytesMax)
        if head.isEmpty { throw .empty }
        if let marked = byteOrderMark(head) { return marked }
        if let wide = wideUnits(head) { return wide }
        var sample = head
        if !head.contains(where: { $0 >= 0x80 }) {
            guard let offset = try firstHighByte(file, from: Int64(head.count)) else {
                return EncodingDetection(encoding: .utf8, confidence: 100, hasByteOrderMark: false)
            }
            sample = try file.bytes(at: offset, count: sampleBytesMax)
        }
        return try detect(sample, isWhole: Int64(sample.count) == file.bytes)
    }

    /// `sample` has bytes beyond ASCII and no byte order mark.
    static func detect(_ sample: [UInt8], isWhole: Bool) throws(SourceError) -> EncodingDetection {
        let utf8 = utf8Share(sample)
        if utf8 >= 0.999 {
            return EncodingDetection(
                encoding: .utf8, confidence: utf8 == 1 ? 100 : 95, hasByteOrderMark: false)
        }
        let simplified = try reading(sample, .gb18030, isWhole: isWhole)
        let traditional = try reading(sample, .big5, isWhole: isWhole)
        let best = simplified.common >= traditional.common ? simplified : traditional
        let other = simplified.common >= traditional.common ? traditional : simplified
        if utf8 > 0.9, utf8 > best.valid {
            return EncodingDetection(encoding: .utf8, confidence: 80, hasByteOrderMark: false)
        }
        if best.common >= 0.10, best.valid >= 0.98, best.common > other.common * 1.5 {
            let margin = best.common / (best.common + other.common)
            let few = best.characters < 20 ? 20 : 0
            let confidence = Int((margin * 100 * best.valid).rounded(.down)) - few
            return EncodingDetection(
                encoding: best.encoding, confidence: max(50, min(99, confidence)), hasByteOrderMark: false)
        }
        let western = try reading(sample, .latin1, isWhole: isWhole)
        if western.valid == 1, looksWestern(sample) {
            return EncodingDetection(encoding: .latin1, confidence: 70, hasByteOrderMark: false)
        }
        if best.valid >= 0.98, best.common > 0 {
            return EncodingDetection(encoding: best.encoding, confidence: 40, hasByteOrderMark: false)
        }
        if western.valid == 1 {
            return EncodingDetection(encoding: .latin1, confidence: 30, hasByteOrderMark: false)
        }
        throw .encodingUnknown
    }

    static func byteOrderMark(_ head: [UInt8]) -> EncodingDetection? {
        let encoding: TextEncoding? =
            if head.starts(with: [0xEF, 0xBB, 0xBF]) {
                .utf8
            } else if head.starts(with: [0xFF, 0xFE]) {
                .utf16LittleEndian
            } else if head.starts(with: [0xFE, 0xFF]) {
                .utf16BigEndian
            } else if head.starts(with: [0x84, 0x31, 0x95, 0x33]) {
                .gb18030
            } else {
                nil
            }
        return encoding.map { EncodingDetection(encoding: $0, confidence: 100, hasByteOrderMark: true) }
    }

    /// UTF-16 without a mark shows as zeros in every other byte of its delimiters and line breaks.
    static func wideUnits(_ head: [UInt8]) -> EncodingDetection? {
        var zeros = [0, 0]
        for (offset, byte) in head.prefix(65_536).enumerated() where byte == 0 { zeros[offset & 1] += 1 }
        let units = min(head.count, 65_536) / 2
        guard zeros[0] + zeros[1] > max(2, units / 20) else { return nil }
        if zeros[1] > zeros[0] * 20 {
            return EncodingDetection(encoding: .utf16LittleEndian, confidence: 90, hasByteOrderMark: false)
        }
        if zeros[0] > zeros[1] * 20 {
            return EncodingDetection(encoding: .utf16BigEndian, confidence: 90, hasByteOrderMark: false)
        }
        return nil
    }

    private static func firstHighByte(_ file: SourceFile, from start: Int64) throws(SourceError) -> Int64? {
        var offset = start
        while offset < file.bytes {
            let block = try file.bytes(at: offset, count: 4 << 20)
            if block.isEmpty { return nil }
            let run = block.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { TextDecoder.asciiRun($0, buffer.count) } ?? 0
            }
            if run < block.count { return offset + Int64(run) }
            offset += Int64(block.count)
        }
        return nil
    }

    /// The share of characters beyond ASCII that are whole UTF-8.
    private static func utf8Share(_ sample: [UInt8]) -> Double {
        var good = 0
        var bad = 0
        sample.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var at = 0
            while at < buffer.count {
                let (valid, fault) = UTF8Check.prefix(base + at, buffer.count - at, isLast: false)
                for byte in buffer[at..<at + valid] where byte >= 0xC0 { good += 1 }
                guard let fault else { break }
                bad += 1
                at += fault + 1
            }
        }
        return good + bad == 0 ? 0 : Double(good) / Double(good + bad)
    }

    struct Reading {
        var encoding: TextEncoding
        /// Of the characters beyond ASCII, how many the encoding has.
        var valid: Double
        /// Of those, how many are among the commonest of Chinese.
        var common: Double
        var characters: Int
    }

    private static func reading(
        _ sample: [UInt8], _ encoding: TextEncoding, isWhole: Bool
    ) throws(SourceError) -> Reading {
        let decoder = try TextDecoder(encoding)
        let out = UnsafeMutablePointer<UInt8>.allocate(capacity: sample.count * encoding.growthMax + 8)
        defer { out.deallocate() }
        var faults = 0
        var han = 0
        var common = 0
        sample.withUnsafeBytes { buffer in
            var at = 0
            while at < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[at...])
                let step = decoder.decode(rest, isLast: isWhole, into: out)
                let text = String(
                    decoding: UnsafeBufferPointer(start: out, count: step.written), as: UTF8.self)
                for scalar in text.unicodeScalars where scalar.value >= 0x80 {
                    han += 1
                    if CommonCharacters.all.contains(scalar.value) { common += 1 }
                }
                guard let fault = step.fault else { break }
                faults += 1
                at += fault + 1
            }
        }
        guard han > 0 else { return Reading(encoding: encoding, valid: 0, common: 0, characters: 0) }
        return Reading(
            encoding: encoding, valid: Double(han) / Double(han + faults),
            common: Double(common) / Double(han), characters: han)
    }

    /// Accented letters stand alone between ASCII letters; bytes of Chinese text come in runs.
    private static func looksWestern(_ sample: [UInt8]) -> Bool {
        var alone = 0
        var high = 0
        for (offset, byte) in sample.enumerated() where byte >= 0x80 {
            high += 1
            let before = offset > 0 ? sample[offset - 1] : 0x20
            let after = offset + 1 < sample.count ? sample[offset + 1] : 0x20
            if before < 0x80, after < 0x80 { alone += 1 }
        }
        return alone * 10 >= high * 6
    }
}
