/// One JSON value laid flat: a cell for each member that is no object, named by the path that leads to it, `地址.区县`. A list inside a
/// record stays the text that it is. Strict as RFC 8259 is.
struct FlatJSON {
    static let depthMax = 32

    enum Cell {
        case null
        /// Unescaped.
        case string
        /// As it is written: a number, a truth, a list.
        case raw
    }

    enum Fault: Error {
        case malformed
        case tooDeep
        case notAnObject
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    /// Of the cell at hand, when it is a string.
    private var text: [UInt8] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Calls `take` with the path, the kind and the bytes of each cell, which are valid during the call only.
    mutating func cells(
        _ take: (_ path: String, _ cell: Cell, _ bytes: UnsafeBufferPointer<UInt8>) -> Void
    ) throws(Fault) {
        skipSpace()
        guard peek == 0x7B else {
            try skipValue(depth: 0)
            throw .notAnObject
        }
        try object("", depth: 0, take)
        skipSpace()
        guard at == bytes.count else { throw .malformed }
    }

    /// Where the value at a JSON pointer (RFC 6901, its parts unescaped) stands; nil when nothing is there. The whole text is checked.
    mutating func place(of pointer: [String]) throws(Fault) -> Range<Int>? {
        let found = try descend(pointer[...], depth: 0)
        skipSpace()
        guard at == bytes.count else { throw .malformed }
        return found
    }

    /// The values of a list, one after the other.
    mutating func elements() throws(Fault) -> [Range<Int>] {
        var found: [Range<Int>] = []
        try eachElement { (json: inout FlatJSON) throws(Fault) in
            json.skipSpace()
            let start = json.at
            try json.skipValue(depth: 1)
            found.append(start..<json.at)
        }
        return found
    }

    /// A string unescaped; a number, a truth or a list as it is written; nil for `null` and for an object.
    mutating func scalar() throws(Fault) -> String? {
        skipSpace()
        let start = at
        if peek == 0x22 {
            try string()
            return String(decoding: text, as: UTF8.self)
        }
        let isNothing = peek == 0x6E || peek == 0x7B
        try skipValue(depth: 0)
        return isNothing ? nil : String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func descend(_ pointer: ArraySlice<String>, depth: Int) throws(Fault) -> Range<Int>? {
        guard depth < Self.depthMax else { throw .tooDeep }
        skipSpace()
        guard let name = pointer.first else {
            let start = at
            try skipValue(depth: depth)
            return start..<at
        }
        var found: Range<Int>?
        if peek == 0x7B {
            var times = 0
            try eachMember { (json: inout FlatJSON) throws(Fault) in
                guard json.text.elementsEqual(name.utf8) else { return try json.skipMember(depth) }
                times += 1
                found = try json.descend(pointer.dropFirst(), depth: depth + 1)
            }
            // Which of the two is meant would be a guess.
            guard times < 2 else { throw .malformed }
        } else if peek == 0x5B {
            var number = 0
            try eachElement { (json: inout FlatJSON) throws(Fault) in
                if String(number) == name {
                    found = try json.descend(pointer.dropFirst(), depth: depth + 1)
                } else {
                    try json.skipMember(depth)
                }
                number += 1
            }
        } else {
            try skipValue(depth: depth)
        }
        return found
    }

    private mutating func skipMember(_ depth: Int) throws(Fault) {
        skipSpace()
        try skipValue(depth: depth + 1)
    }

    /// `take` stands before the value of each member, whose name is in `text`, and passes over it.
    private mutating func eachMember(_ take: (inout FlatJSON) throws(Fault) -> Void) throws(Fault) {
        try expect(0x7B)
        skipSpace()
        if peek == 0x7D {
            at += 1
            return
        }
        while true {
            skipSpace()
            try string()
            try expect(0x3A)
            try take(&self)
            skipSpace()
            if peek == 0x2C {
                at += 1
                continue
            }
            return try expect(0x7D)
        }
    }

    private mutating func eachElement(_ take: (inout FlatJSON) throws(Fault) -> Void) throws(Fault) {
        try expect(0x5B)
        skipSpace()
        if peek == 0x5D {
            at += 1
            return
        }
        while true {
            try take(&self)
            skipSpace()
            if peek == 0x2C {
                at += 1
                continue
            }
            return try expect(0x5D)
        }
    }

    private var peek: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws(Fault) {
        skipSpace()
        guard peek == byte else { throw .malformed }
        at += 1
    }

    private mutating func object(
        _ path: String, depth: Int,
        _ take: (_ path: String, _ cell: Cell, _ bytes: UnsafeBufferPointer<UInt8>) -> Void
    ) throws(Fault) {
        guard depth < Self.depthMax else { throw .tooDeep }
        try eachMember { (json: inout FlatJSON) throws(Fault) in
            let name = String(decoding: json.text, as: UTF8.self)
            let member = path.isEmpty ? name : "\(path).\(name)"
            json.skipSpace()
            if json.peek == 0x7B {
                try json.object(member, depth: depth + 1, take)
            } else if json.peek == 0x22 {
                try json.string()
                json.text.withUnsafeBufferPointer { take(member, .string, $0) }
            } else {
                let start = json.at
                try json.skipValue(depth: depth + 1)
                let written = UnsafeBufferPointer(rebasing: json.bytes[start..<json.at])
                take(member, written.first == 0x6E ? .null : .raw, written)
            }
        }
    }

    private mutating func skipValue(depth: Int) throws(Fault) {
        guard depth < Self.depthMax else { throw .tooDeep }
        skipSpace()
        switch peek {
        case 0x22: try string()
        case 0x7B: try object("", depth: depth) { _, _, _ in }
        case 0x5B:
            try eachElement { (json: inout FlatJSON) throws(Fault) in try json.skipMember(depth) }
        case 0x74: try word("true")
        case 0x66: try word("false")
        case 0x6E: try word("null")
        default: try number()
        }
    }

    private mutating func word(_ word: StaticString) throws(Fault) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard peek == word.utf8Start[offset] else { throw .malformed }
            at += 1
        }
    }

    private mutating func digits() throws(Fault) {
        let start = at
        while peek &- 0x30 < 10, at < bytes.count { at += 1 }
        guard at > start else { throw .malformed }
    }

    private mutating func number() throws(Fault) {
        if peek == 0x2D { at += 1 }
        let isZero = peek == 0x30
        let start = at
        try digits()
        guard !isZero || at == start + 1 else { throw .malformed }
        if peek == 0x2E {
            at += 1
            try digits()
        }
        if peek == 0x65 || peek == 0x45 {
            at += 1
            if peek == 0x2B || peek == 0x2D { at += 1 }
            try digits()
        }
    }

    /// Into `text`.
    private mutating func string() throws(Fault) {
        guard peek == 0x22 else { throw .malformed }
        at += 1
        text.removeAll(keepingCapacity: true)
        while at < bytes.count {
            let start = at
            while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
            text.append(contentsOf: bytes[start..<at])
            guard at < bytes.count, bytes[at] >= 0x20 else { break }
            at += 1
            if bytes[at - 1] == 0x22 { return }
            try escape()
        }
        throw .malformed
    }

    private mutating func escape() throws(Fault) {
        let mark = peek
        at += 1
        switch mark {
        case 0x22, 0x5C, 0x2F: text.append(mark)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0C)
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x75:
            var code = try unit()
            if (0xD800..<0xDC00).contains(code), peek == 0x5C {
                at += 1
                guard peek == 0x75 else { throw .malformed }
                at += 1
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw .malformed }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            // Half of a pair stands for no character.
            guard let scalar = Unicode.Scalar(code) else { throw .malformed }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw .malformed
        }
    }

    private mutating func unit() throws(Fault) -> UInt32 {
        guard at + 4 <= bytes.count else { throw .malformed }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else { throw .malformed }
            code = code << 4 | UInt32(digit)
            at += 1
        }
        return code
    }
}
