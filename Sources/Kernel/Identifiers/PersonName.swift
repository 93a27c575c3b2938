/// The shape of a person's name as registers hold it: 2 to 15 ideographs (rare ones of four bytes too), parts of minority and
/// translated names joined by a middle dot; or 2 to 60 Latin letters in words. Whether anyone bears it is not looked up. What
/// stands in for a name that is not known is none.
package enum PersonName {
    private static let hanMax = 15
    private static let latinMax = 60
    private static let placeholders = WordSet(
        "不详 未知 不明 未填 未填写 未提供 无名 无名氏 暂无 暂缺 空白 待定 待查 待补 测试 没有 姓名 本人 某某 同上 其他")
    /// The middle dot, and the look-alikes that people type for it.
    private static let dots: Set<UInt32> = [0xB7, 0x2022, 0x2027, 0x30FB, 0xFF0E]

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 2, count <= 4 * latinMax else { return false }
        return bytes[0] >= 0xE0 ? isHan(bytes, count) : isLatin(bytes, count)
    }

    package static func isValid(_ text: String) -> Bool { text.withRawBytes { isValid($0, $1) } }

    private static func isHan(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var walk = ScalarWalk(bytes, count)
        var ideographs = 0
        var wasDot = true
        var hasDot = false
        while let scalar = walk.next() {
            if ScalarWalk.isHan(scalar) {
                ideographs += 1
                wasDot = false
            } else {
                guard !wasDot, dots.contains(scalar) else { return false }
                wasDot = true
                hasDot = true
            }
        }
        guard !wasDot, (2...hanMax).contains(ideographs) else { return false }
        return hasDot || ideographs > 3 || !isPlaceholder(bytes, count)
    }

    /// Only short texts are looked up: names are many, and this is a million times a second.
    private static func isPlaceholder(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard isPlaceholderStart(bytes) else { return false }
        var walk = ScalarWalk(bytes, count)
        var scalars: [UInt32] = []
        while let scalar = walk.next() { scalars.append(scalar) }
        return placeholders.contains(scalars[...])
    }

    /// 不 未 无 暂 空 待 测 没 姓 本 某 同 其
    private static func isPlaceholderStart(_ bytes: UnsafePointer<UInt8>) -> Bool {
        var walk = ScalarWalk(bytes, 3)
        switch walk.next() {
        case 0x4E0D, 0x672A, 0x65E0, 0x6682, 0x7A7A, 0x5F85, 0x6D4B, 0x6CA1, 0x59D3, 0x672C, 0x67D0, 0x540C,
            0x5176:
            return true
        default: return false
        }
    }

    /// Words of letters, joined by one space, hyphen, apostrophe or dot.
    private static func isLatin(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var walk = ScalarWalk(bytes, count)
        var letters = 0
        var joints = 2
        while let scalar = walk.next() {
            if ScalarWalk.isLatin(scalar) {
                letters += 1
                joints = 0
                continue
            }
            switch scalar {
            // A dot may be followed by a space: J. Müller.
            case 0x20, 0x2D, 0x27, 0x2E, 0x2019, 0xB7: joints += 1
            default: return false
            }
            guard joints <= 2, letters > 0 else { return false }
        }
        return letters >= 2 && letters <= latinMax && (joints == 0 || bytes[count - 1] == UInt8(ascii: "."))
    }
}
