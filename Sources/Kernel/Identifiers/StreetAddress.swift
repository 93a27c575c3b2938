/// The shape of an address: parts that end as places do (市, 镇, 村, 路 …) down to a number, or to a village at the least. The names
/// themselves are not looked up; a unit's name that begins with a place is no address.
package enum StreetAddress {
    private static let scalarsMin = 6
    private static let scalarsMax = 100

    package static func isValid(_ text: String) -> Bool { text.withRawBytes { isValid($0, $1) } }

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 3 * scalarsMin, count <= 4 * scalarsMax else { return false }
        var walk = ScalarWalk(bytes, count)
        var scalars = 0
        var ideographs = 0
        var places = 0
        var streets = 0
        var details = 0
        var sincePlace = 0
        var wasNumber = false
        var isAnchored = false
        var last: UInt32 = 0
        while let scalar = walk.next() {
            scalars += 1
            guard scalars <= scalarsMax, isOfAddress(scalar), scalars > 1 || !isSpace(scalar) else {
                return false
            }
            let isNumber = ScalarWalk.isDigit(scalar) || ScalarWalk.isHanNumber(scalar)
            if isNumber, !wasNumber, sincePlace <= 1, streets + places + details > 0 { isAnchored = true }
            if ScalarWalk.isHan(scalar) {
                ideographs += 1
                sincePlace += 1
                if wasNumber, isDetail(scalar) {
                    details += 1
                    sincePlace = 0
                } else if sincePlace > 1, isStreet(scalar) {
                    streets += 1
                    sincePlace = 0
                } else if sincePlace > 1, isDivision(scalar) {
                    places += 1
                    sincePlace = 0
                }
            }
            wasNumber = isNumber || wasNumber && isJoint(scalar)
            last = scalar
        }
        guard scalars >= scalarsMin, ideographs >= 4, !isSpace(last) else { return false }
        // 源城区样例3号农机有限公司 is a name with a number in it; 建设大道12号农机有限公司 says where.
        if endsAsUnit(last), !isAnchored { return false }
        if details > 0 { return streets + places > 0 }
        // 埔前镇河背村 is one; 源城区教育局 and 河源市 are not.
        return (streets > 0 && streets + places > 1) && isStreet(last)
            || streets > 0 && ScalarWalk.isDigit(last)
    }

    @inline(__always)
    private static func isSpace(_ scalar: UInt32) -> Bool { scalar == 0x20 || scalar == 0x3000 }

    /// (公)司 (合作)社 厂 局 院 校 店
    @inline(__always)
    private static func endsAsUnit(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x53F8, 0x793E, 0x5382, 0x5C40, 0x9662, 0x6821, 0x5E97: true
        default: false
        }
    }

    /// 省 市 区 县 旗 州 盟
    @inline(__always)
    private static func isDivision(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x7701, 0x5E02, 0x533A, 0x53BF, 0x65D7, 0x5DDE, 0x76DF: true
        default: false
        }
    }

    /// 镇 乡 村 路 街 巷 道 弄 里 坊 屯 寨 庄 苑 园 城 湾 围 组 社(区) 坪 岗: what stands between a county and a number.
    @inline(__always)
    private static func isStreet(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x9547, 0x4E61, 0x6751, 0x8DEF, 0x8857, 0x5DF7, 0x9053, 0x5F04, 0x91CC, 0x574A, 0x5C6F, 0x5BE8,
            0x5E84, 0x82D1, 0x56ED, 0x57CE, 0x6E7E, 0x56F4, 0x7EC4, 0x793E, 0x576A, 0x5C97:
            true
        default: false
        }
    }

    /// 号 栋 幢 座 室 房 楼 层 单 元 门 户 组 队 弄 巷 村 路
    @inline(__always)
    private static func isDetail(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x53F7, 0x680B, 0x5E62, 0x5EA7, 0x5BA4, 0x623F, 0x697C, 0x5C42, 0x5355, 0x95E8, 0x6237, 0x7EC4,
            0x961F, 0x5F04, 0x5DF7:
            true
        default: false
        }
    }

    /// Between the digits of a number: 12-3号, 3之1号, A12.
    @inline(__always)
    private static func isJoint(_ scalar: UInt32) -> Bool {
        scalar == 0x2D || scalar == 0xFF0D || scalar == 0x4E4B || scalar == 0x2F
            || (scalar | 0x20) &- 0x61 < 26
    }

    /// Ideographs, digits, letters, hyphens, brackets, the comma and the dot of lists, spaces, ＃.
    @inline(__always)
    private static func isOfAddress(_ scalar: UInt32) -> Bool {
        if ScalarWalk.isHan(scalar) || ScalarWalk.isDigit(scalar) || ScalarWalk.isLatin(scalar) {
            return true
        }
        switch scalar {
        case 0x20, 0x23, 0x28, 0x29, 0x2C, 0x2D, 0x2E, 0x2F, 0xB7, 0x3000, 0x3001, 0xFF03, 0xFF08, 0xFF09,
            0xFF0C,
            0xFF0D, 0x2014, 0xFF21...0xFF3A:
            return true
        default: return false
        }
    }
}
