/// The head of a table of attributes (dBASE III to 7, .dbf): fields of fixed width, records one after the other.
struct AttributeTable {
    struct Field {
        let nameBytes: [UInt8]
        let type: UInt8
        let offset: Int
        let width: Int

        /// What a version can hold of it; the others are notes in files of their own, or pictures.
        var isReadable: Bool {
            switch type {
            case UInt8(ascii: "C"), UInt8(ascii: "N"), UInt8(ascii: "F"), UInt8(ascii: "D"),
                UInt8(ascii: "L"):
                true
            case UInt8(ascii: "I"), UInt8(ascii: "+"): width == 4
            case UInt8(ascii: "O"), UInt8(ascii: "B"): width == 8
            default: false
            }
        }
    }

    private static let fieldBytes = 32
    private static let headBytesMax = 1 << 20

    let fields: [Field]
    let headBytes: Int64
    let recordBytes: Int
    let records: Int64
    /// The language driver, byte 29: what the writer's machine spoke.
    let driver: UInt8

    init(_ file: SourceFile, _ limits: SourceLimits) throws(SourceError) {
        let head = try file.bytes(at: 0, count: Self.fieldBytes)
        guard head.count == Self.fieldBytes,
            [0x02, 0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5, 0xFB].contains(head[0])
        else {
            throw .shapeDamaged(file: "dbf", byteOffset: 0)
        }
        func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
            (0..<count).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
        }
        records = Int64(number(head, 4, 4))
        headBytes = Int64(number(head, 8, 2))
        recordBytes = number(head, 10, 2)
        driver = head[29]
        let area = try file.bytes(at: Int64(Self.fieldBytes), count: min(Int(headBytes), Self.headBytesMax))
        var fields: [Field] = []
        var at = 0
        var offset = 1
        while at + Self.fieldBytes <= area.count, area[at] != 0x0D {
            let type = area[at + 11]
            // A text may be wider than one byte can say.
            let width =
                type == UInt8(ascii: "C") ? Int(area[at + 16]) | Int(area[at + 17]) << 8 : Int(area[at + 16])
            fields.append(
                Field(
                    nameBytes: Array(area[at..<(at + 11)].prefix { $0 != 0 }), type: type, offset: offset,
                    width: width))
            offset += width
            at += Self.fieldBytes
            guard fields.count <= limits.columnsMax else {
                throw .tooManyColumns(found: fields.count, max: limits.columnsMax)
            }
        }
        guard !fields.isEmpty, offset == recordBytes, headBytes >= Int64(Self.fieldBytes + at) else {
            throw .shapeDamaged(file: "dbf", byteOffset: Int64(Self.fieldBytes + at))
        }
        // One byte behind the last record may mark the end.
        guard headBytes + records * Int64(recordBytes) <= file.bytes else {
            throw .shapeDamaged(file: "dbf", byteOffset: file.bytes)
        }
        self.fields = fields
    }

    /// The encoding that a language driver stands for, where it is one of ours.
    var driverEncoding: TextEncoding? {
        switch driver {
        case 0x4D, 0x7A: .gb18030
        case 0x4F, 0x78: .big5
        case 0x03, 0x57, 0x58, 0x59: .latin1
        default: nil
        }
    }
}
