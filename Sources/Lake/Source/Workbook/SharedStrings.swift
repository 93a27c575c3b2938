import Glibc

/// The texts that cells of a workbook share, in a file without a name: a sheet of a million different texts takes no memory for them.
final class SharedStrings {
    static let countMax = 8_388_608
    static let bytesMax: Int64 = 4 << 30

    private let bytes: UnsafeMutableRawPointer?
    private let length: Int
    /// Where each text ends.
    private let ends: [UInt32]

    var count: Int { ends.count }

    /// Of a workbook without any.
    init() {
        bytes = nil
        length = 0
        ends = []
    }

    init(
        _ part: SourceFile, in folder: String, _ limits: SourceLimits, _ isCancelled: () -> Bool
    ) throws(SourceError) {
        guard let store = NamelessFile(in: folder) else { throw .unwritable(path: folder, errno: errno) }
        let texts = SharedTexts(store, folder, limits)
        try XMLPart.read("sharedStrings.xml", part, texts, isCancelled)
        try texts.finish()
        ends = texts.ends
        length = Int(ends.last ?? 0)
        guard length > 0 else {
            bytes = nil
            return
        }
        let mapped = mmap(nil, length, PROT_READ, MAP_PRIVATE, store.descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { throw .unreadable(path: folder, errno: errno) }
        bytes = mapped
    }

    deinit { if let bytes { munmap(bytes, length) } }

    /// Valid as long as this object; nil for a text that the workbook does not have.
    subscript(index: Int) -> UnsafeRawBufferPointer? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return UnsafeRawBufferPointer(start: bytes.map { $0 + start }, count: Int(ends[index]) - start)
    }
}

/// `<si>` by `<si>`: plain text, or runs of formatted text that read as one. How characters are pronounced is left out.
private final class SharedTexts: XMLHandler {
    private static let blockBytes = 1 << 20

    private(set) var ends: [UInt32] = []
    private let store: NamelessFile
    private let folder: String
    private let limits: SourceLimits
    private var pending: [UInt8] = []
    private var written: Int64 = 0
    private var itemStart = 0
    private var isInText = false
    private var isInReading = false

    init(_ store: NamelessFile, _ folder: String, _ limits: SourceLimits) {
        self.store = store
        self.folder = folder
        self.limits = limits
    }

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if element == "si" {
            itemStart = pending.count
        } else if element == "rPh" {
            isInReading = true
        } else if element == "t" {
            isInText = !isInReading
        }
    }

    override func text(_ bytes: UnsafeBufferPointer<CChar>) {
        guard isInText else { return }
        pending.append(contentsOf: UnsafeRawBufferPointer(bytes))
        if pending.count - itemStart > limits.lineBytesMax {
            failure = .workbookTooLarge(what: "sharedStrings.xml", max: limits.lineBytesMax)
        }
    }

    override func end(_ element: XMLName) {
        if element == "t" {
            isInText = false
        } else if element == "rPh" {
            isInReading = false
        } else if element == "si" {
            EscapedText.unescape(&pending, from: itemStart)
            let end = written + Int64(pending.count)
            guard ends.count < SharedStrings.countMax, end <= min(SharedStrings.bytesMax, limits.fileBytesMax)
            else {
                failure = .workbookTooLarge(what: "sharedStrings.xml", max: SharedStrings.countMax)
                return
            }
            ends.append(UInt32(truncatingIfNeeded: end))
            if pending.count >= Self.blockBytes { flush() }
        }
    }

    private func flush() {
        let isWritten = pending.withUnsafeBytes { store.write($0, at: written) }
        guard isWritten else {
            failure = .unwritable(path: folder, errno: errno)
            return
        }
        written += Int64(pending.count)
        pending.removeAll(keepingCapacity: true)
    }

    func finish() throws(SourceError) {
        flush()
        if let failure { throw failure }
    }
}

/// `_x000D_` in a cell stands for a character that XML cannot hold (ECMA-376, part 1, 22.9.2.19).
enum EscapedText {
    private static let mark = Array("_x".utf8)

    static func unescape(_ bytes: inout [UInt8], from start: Int) {
        guard bytes.count - start >= 7 else { return }
        var from = start
        var to = start
        while from < bytes.count {
            if bytes[from] == 0x5F, let scalar = escaped(bytes, from) {
                for byte in String(Character(scalar)).utf8 {
                    bytes[to] = byte
                    to += 1
                }
                from += 7
            } else {
                bytes[to] = bytes[from]
                from += 1
                to += 1
            }
        }
        bytes.removeSubrange(to...)
    }

    /// Half of a pair of surrogates is no character and stays as it is written.
    private static func escaped(_ bytes: [UInt8], _ at: Int) -> Unicode.Scalar? {
        guard at + 7 <= bytes.count, bytes[at + 1] == 0x78, bytes[at + 6] == 0x5F else { return nil }
        var code: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = Character(Unicode.Scalar(bytes[at + offset])).hexDigitValue else { return nil }
            code = code << 4 | UInt32(digit)
        }
        return Unicode.Scalar(code)
    }
}
