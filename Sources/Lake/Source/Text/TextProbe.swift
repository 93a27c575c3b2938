import Kernel
import Policy

/// A first look at a text table: encoding and dialect, and then what its records say.
struct TextProbe {
    private let file: SourceFile
    private let limits: SourceLimits
    private var warnings: [Message] = []

    static func run(
        _ file: SourceFile, _ overrides: ReadingOverrides, _ limits: SourceLimits,
        isCancelled: () -> Bool
    ) throws(SourceError) -> Probe {
        var probe = TextProbe(file: file, limits: limits)
        return try probe.run(overrides, isCancelled)
    }

    private init(file: SourceFile, limits: SourceLimits) {
        self.file = file
        self.limits = limits
    }

    private mutating func run(
        _ overrides: ReadingOverrides, _ isCancelled: () -> Bool
    ) throws(SourceError) -> Probe {
        if file.bytes == 0 { throw .empty }
        if let format = try file.foreignFormat() { throw .notText(format: format) }
        if try file.beginsLikeJSON() { throw .jsonByAnotherName }
        let detection = try detection(overrides.encoding)
        let found = try DialectDetector.detect(file, detection.encoding, overrides, limits)
        let reader = RecordReader(try TextStream(file, detection.encoding), found.dialect, limits)
        var columns = ColumnProbe(reader, limits, totals: overrides.totals ?? .leftOut)
        try columns.run(found.header, isCancelled)
        return columns.probe(
            SourceMapping(
                encoding: detection.encoding, dialect: found.dialect, columns: columns.mappings,
                totals: columns.totals),
            fingerprint: try SourceFingerprint.of(file, isCancelled: isCancelled), detection: detection,
            warnings: warnings)
    }

    private mutating func detection(_ override: TextEncoding?) throws(SourceError) -> EncodingDetection {
        if let override {
            warnAgainst(override)
            let mark = EncodingDetector.byteOrderMark(try file.bytes(at: 0, count: 4))
            return EncodingDetection(
                encoding: override, confidence: 100, hasByteOrderMark: mark?.encoding == override,
                isOverridden: true)
        }
        let detection = try EncodingDetector.detect(file)
        if detection.confidence < 80 {
            warnings.append(
                Message(
                    "source.warning.encoding-unsure",
                    [
                        "encoding": detection.encoding.rawValue,
                        "confidence": String(detection.confidence),
                    ]))
        }
        return detection
    }

    /// Many encodings read each other's bytes without a fault and as nonsense: nothing else would tell.
    private mutating func warnAgainst(_ override: TextEncoding) {
        guard let found = try? EncodingDetector.detect(file), found.encoding != override,
            found.confidence >= 80, found.hasByteOrderMark || found.confidence < 100 || override != .gb18030
        else { return }
        warnings.append(
            Message(
                "source.warning.encoding-differs",
                ["chosen": override.rawValue, "encoding": found.encoding.rawValue]))
    }
}
