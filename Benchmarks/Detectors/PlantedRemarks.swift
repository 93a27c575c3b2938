import Kernel
import Lake
import TestKit

/// What citizens told a hot line, with identifiers of known kind and number in it, and with numbers that only look like some: case numbers
/// with the form of a citizen number, cards that fail their check, amounts, dates, places, serial numbers of eleven and twelve digits.
struct PlantedRemarks {
    private(set) var bodies: [String] = []
    /// Of each body, what was planted.
    private(set) var kinds: [Set<IdentifierKind>] = []
    private(set) var planted = 0
    private var random: SampleRandom

    init(rows: Int, seed: UInt64) {
        random = SampleRandom(seed: seed)
        bodies.reserveCapacity(rows)
        for _ in 0..<rows {
            var body = ""
            var kinds: Set<IdentifierKind> = []
            for _ in 0..<(2 + random.below(3)) {
                body += filler()
                guard random.below(13) < ProseWalk.kinds.count else { continue }
                let kind = random.pick(ProseWalk.kinds)
                body += Self.leads[kind] ?? ""
                body += identifier(kind)
                body += "，"
                kinds.insert(kind)
                planted += 1
            }
            bodies.append(body + "谢谢。")
            self.kinds.append(kinds)
        }
    }

    private static let roads = ["建设大道", "中山路", "永和路", "沿江中路", "兴源东路", "越王大道"]
    private static let leads: [IdentifierKind: String] = [
        .citizenID: "身份证号：", .uscc: "统一社会信用代码", .mobile: "联系电话", .bankCard: "银行卡", .email: "邮箱",
        .passport: "护照", .plate: "车牌", .ipAddress: "登录地址为", .landLine: "固话",
    ]

    private mutating func filler() -> String {
        switch random.below(14) {
        case 0: "来电反映\(random.pick(Self.roads))路段路灯损坏，"
        case 1: "申请人提交材料齐全，"
        case 2: "经核查情况属实，"
        case 3: "请相关部门尽快处理，"
        case 4: "已于2025年11月3日受理，"
        case 5: "案件编号\(caseNumber())，"
        case 6: "依据河府办〔2023〕\(1 + random.below(400))号文件，"
        case 7: "涉及金额12,800.50元，"
        case 8: "该小区共有业主\(1 + random.below(400))户，"
        case 9: "流水号\(2 + random.below(7))\(digits(10))，"
        case 10: "坐标114.6978,23.7463，"
        case 11: "附件共\(1 + random.below(400))页，见第3.2.1条，"
        case 12: "订单1\(digits(11))已于2025-11-03 14:20退款，"
        default: "原登记卡号\(wrongCard())有误，"
        }
    }

    private mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(Unicode.Scalar(UInt8(48 + random.below(10)))) })
    }

    private mutating func characters(_ count: Int) -> String {
        let set = Array("ABCDEFGHJKLMNPQRTUWXY0123456789")
        return String((0..<count).map { _ in random.pick(set) })
    }

    private mutating func citizenBody() -> String {
        let month = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]
        return
            "44162\(1 + random.below(5))\(1940 + random.below(75))\(random.pick(month))\(10 + random.below(19))"
            + digits(3)
    }

    /// The form is right, the check digit is not, and it is no code of an organisation either.
    private mutating func caseNumber() -> String {
        let body = citizenBody()
        return (0...9).lazy.map { "\(body)\($0)" }.first {
            !CitizenID.isValid($0) && !SocialCreditCode.isValid($0)
        } ?? body
    }

    private mutating func card() -> String {
        let body = "6222" + digits(12 + random.below(3))
        return (0...9).lazy.map { "\(body)\($0)" }.first { BankCard.isValid($0) } ?? body
    }

    /// Of sixteen digits, as eighteen could be a code.
    private mutating func wrongCard() -> String {
        let body = "6222" + digits(11)
        return (0...9).lazy.map { "\(body)\($0)" }.first { !BankCard.isValid($0) } ?? body
    }

    private mutating func identifier(_ kind: IdentifierKind) -> String {
        switch kind {
        case .citizenID:
            let body = citizenBody()
            return "0123456789X".lazy.map { "\(body)\($0)" }.first { CitizenID.isValid($0) } ?? body
        case .uscc: return code()
        case .mobile: return "1\(3 + random.below(7))\(digits(9))"
        case .bankCard:
            // A number of eighteen digits could by chance be one of the other two, which are more likely then.
            while true {
                let card = card()
                if !CitizenID.isValid(card), !SocialCreditCode.isValid(card) { return card }
            }
        case .email: return "user\(1 + random.below(99_999))@example.cn"
        case .passport: return random.pick(["E", "G"]) + digits(8)
        case .plate:
            let isElectric = random.happens(permille: 300)
            return "粤P" + (isElectric ? "D" : characters(4)) + digits(isElectric ? 5 : 1)
        case .ipAddress:
            return
                "\(1 + random.below(223)).\(random.below(256)).\(random.below(256)).\(1 + random.below(254))"
        case .landLine: return "0762-\(2 + random.below(7))\(digits(6))"
        case .macAddress, .vin, .personName, .address, .health: return ""
        }
    }

    private mutating func code() -> String {
        let organisation = "MA" + characters(6)
        guard
            let nine = "0123456789X".lazy.map({ "\(organisation)\($0)" }).first(where: {
                OrganisationCode.isValid($0)
            })
        else { return organisation }
        let body = "9144160\(random.below(10))" + nine
        return "0123456789ABCDEFGHJKLMNPQRTUWXY".lazy.map { "\(body)\($0)" }.first {
            SocialCreditCode.isValid($0)
        }
            ?? body
    }
}
