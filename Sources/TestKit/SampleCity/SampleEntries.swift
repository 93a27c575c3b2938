package import Catalogue
import Kernel

/// What the sample city's departments have catalogued: core metadata as 发改高技〔2017〕1272号 asks for it.
package struct SampleEntry: Sendable {
    package let key: String
    /// Whose steward drafts it.
    package let steward: String
    package let card: EntryCard

    package static let assistanceItems = [
        Item(column: "身份证号", name: "公民身份号码", type: .characters, length: 18),
        Item(column: "姓名", name: "姓名", type: .characters, length: 30),
        Item(column: "性别", name: "性别", type: .characters, length: 2),
        Item(column: "出生日期", name: "出生日期", type: .date),
        Item(column: "手机号", name: "联系电话", type: .characters, length: 11),
        Item(column: "户籍县区", name: "户籍所在县（区）", type: .characters, length: 20),
        Item(column: "家庭住址", name: "家庭住址", type: .characters, length: 100),
        Item(column: "救助类别", name: "救助类别", type: .characters, length: 20),
        Item(column: "保障人口", name: "保障人口数", type: .integer),
        Item(column: "月保障金额", name: "月保障金额（元）", type: .money, length: 12),
        Item(column: "起始日期", name: "保障起始日期", type: .date),
        Item(column: "状态", name: "保障状态", type: .characters, length: 10),
    ]

    package static let enterpriseItems = [
        Item(column: "统一社会信用代码", name: "统一社会信用代码", type: .characters, length: 18),
        Item(column: "单位名称", name: "单位名称", type: .characters, length: 100),
        Item(column: "单位类型", name: "单位类型", type: .characters, length: 40),
        Item(column: "所在县区", name: "所在县（区）", type: .characters, length: 20),
        Item(column: "行业门类", name: "行业门类", type: .characters, length: 40),
        Item(column: "注册资本万元", name: "注册资本（万元）", type: .money, length: 14),
        Item(column: "成立日期", name: "成立日期", type: .date),
        Item(column: "登记状态", name: "登记状态", type: .characters, length: 10),
    ]

    package static let all: [SampleEntry] = [
        entry(
            "assistance", "steward", SamplePeople.assistance, "最低生活保障对象信息",
            "全市城乡最低生活保障、特困供养和低保边缘家庭的保障对象、保障金额与起始日期，按月更新。", assistanceItems,
            ShareTerms(type: .conditional, condition: "限于社会救助资格核验与待遇发放", mode: .platform), .closed, .monthly),
        entry(
            "elderly", "steward", SamplePeople.assistance, "高龄津贴发放信息", "八十周岁以上老年人高龄津贴的发放对象、标准与月份。",
            simple(["身份证号", "姓名", "津贴标准", "发放月份"]),
            ShareTerms(type: .conditional, condition: "限于养老服务与待遇核验", mode: .platform), .closed, .monthly),
        entry(
            "marriage", "steward", SamplePeople.assistance, "婚姻登记信息", "结婚、离婚登记记录。",
            simple(["登记证号", "登记日期", "登记类别"]),
            ShareTerms(type: .withheld, legalBasis: "婚姻登记条例及其保密规定", mode: .platform), .closed, .daily),
        entry(
            "enterprises", "market-steward", SamplePeople.market, "法人单位基本信息",
            "全市企业和农民专业合作社的登记事项：名称、类型、注册资本、成立日期与登记状态。", enterpriseItems,
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .weekly),
        entry(
            "licences", "market-steward", SamplePeople.market, "食品经营许可信息", "食品经营许可证的持证主体、经营项目与有效期。",
            simple(["许可证编号", "经营者名称", "经营项目", "有效期至"]),
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .weekly),
        entry(
            "inspections", "market-steward", SamplePeople.market, "双随机抽查结果信息", "双随机、一公开抽查的对象、事项与结果。",
            simple(["抽查编号", "对象名称", "抽查事项", "抽查结果"]),
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .monthly),
        entry(
            "air", "ecology-steward", SamplePeople.ecology, "环境空气质量日报", "市区环境空气自动监测站的六项污染物浓度与空气质量指数。",
            simple(["监测站", "监测日期", "细颗粒物", "臭氧", "空气质量指数"]),
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .daily),
        entry(
            "water", "ecology-steward", SamplePeople.ecology, "地表水断面水质信息", "国考、省考断面的水质类别与主要污染物浓度。",
            simple(["断面名称", "监测月份", "水质类别", "氨氮"]),
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .monthly),
        entry(
            "scenic", "tourism-steward", SamplePeople.tourism, "旅游景区名录", "全市等级旅游景区的名称、等级、地址与最大承载量。",
            simple(["景区名称", "景区等级", "地址", "最大承载量"]),
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .quarterly),
        entry(
            "heritage", "tourism-steward", SamplePeople.tourism, "文物保护单位信息", "各级文物保护单位的名称、年代、级别与所在地。",
            simple(["名称", "年代", "保护级别", "所在地"]),
            ShareTerms(type: .unconditional, mode: .platform), .unconditional, .yearly),
    ]

    private static func simple(_ names: [String]) -> [Item] {
        names.map { Item(column: $0, name: $0, type: .characters, length: 100) }
    }

    private static func entry(
        _ key: String, _ steward: String, _ unit: String, _ title: String, _ abstract: String,
        _ items: [Item],
        _ share: ShareTerms, _ open: OpenType, _ cycle: UpdateCycle
    ) -> SampleEntry {
        SampleEntry(
            key: key, steward: steward,
            card: EntryCard(
                category: "307016000000", title: title, provider: unit,
                providerUSCC: SampleNumbers.organUSCC(of: unit), abstract: abstract,
                format: hookedFromFiles.contains(key)
                    ? ResourceFormat(.spreadsheet, type: "CSV")
                    : ResourceFormat(.database, type: "PostgreSQL"), items: items, share: share,
                open: OpenTerms(type: open), updateCycle: cycle))
    }

    /// The entries that `SampleChain` publishes from CSV files.
    private static let hookedFromFiles: Set<String> = ["assistance", "enterprises"]
}
