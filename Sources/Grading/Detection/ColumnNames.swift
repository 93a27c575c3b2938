/// What names say: Chinese parts of a name, English words, and pinyin as departments abbreviate it.
enum ColumnNames {
    private struct Rule {
        let kind: PersonalKind
        /// Found anywhere in a Chinese name.
        let chinese: [String]
        /// A whole name or a whole word of it, lower case without separators.
        let words: Set<String>
        /// As `words`, but too common to mean much alone.
        let weak: Set<String>

        init(_ kind: PersonalKind, _ chinese: [String], _ words: Set<String>, weak: Set<String> = []) {
            self.kind = kind
            self.chinese = chinese
            self.words = words
            self.weak = weak
        }
    }

    static let strongCertainty = 75
    static let weakCertainty = 30

    /// Names that hold a listed part and mean something else.
    private static let innocent = [
        "文件名", "机构名称", "单位名称", "企业名称", "公司名称", "单位地址", "机构地址", "企业地址", "注册地址", "网址", "客服电话",
        "服务电话", "单位电话", "监测点", "站点",
    ]

    private static let rules: [Rule] = [
        Rule(
            .citizenID, ["身份证", "公民身份", "身份号码", "证件号"],
            [
                "sfz", "sfzh", "sfzhm", "gmsfhm", "zjhm", "zjh", "shenfenzheng", "idcard", "idno", "idnumber",
                "citizenid", "idcardno",
            ],
            weak: ["ssn", "nationalid"]),
        Rule(
            .name, ["姓名", "法定代表人", "负责人", "联系人", "户主", "申请人"],
            [
                "xm", "xingming", "fullname", "personname", "givenname", "surname", "lastname", "firstname",
                "lxr", "fddbr", "fzr",
            ],
            weak: ["name", "mc"]),
        Rule(
            .phone, ["手机", "电话", "联系方式"],
            [
                "sjh", "sjhm", "lxdh", "dh", "dhhm", "shouji", "phone", "mobile", "tel", "telephone",
                "cellphone", "phonenumber",
            ],
            weak: ["sj", "contact"]),
        Rule(.email, ["邮箱", "电子邮件"], ["email", "mail", "yx", "dzyx", "emailaddress"]),
        Rule(
            .address, ["住址", "地址", "居住地", "户籍地", "门牌"],
            ["zz", "jtzz", "hjdz", "jzdz", "txdz", "dizhi", "homeaddress", "streetaddress"],
            weak: ["dz", "address", "addr", "street"]),
        Rule(
            .birth, ["出生日期", "出生年月", "生日"],
            ["csrq", "csny", "birth", "birthday", "birthdate", "dob", "bornon", "dateofbirth"]),
        Rule(.sex, ["性别"], ["xb", "xingbie", "sex", "gender"]),
        Rule(.ethnicity, ["民族"], ["mz", "minzu", "ethnicity", "nationality"]),
        Rule(.plate, ["车牌", "号牌"], ["cph", "cphm", "hphm", "plate", "platenumber", "licenseplate"]),
        Rule(
            .onlineIdentifier, ["微信号", "网络账号"], ["openid", "wechat", "qq", "imei", "deviceid"],
            weak: ["ip", "mac"]),
        Rule(.passport, ["护照", "通行证"], ["hzh", "hzhm", "passport", "passportno"]),
        Rule(
            .bankAccount, ["银行卡", "银行账", "开户", "卡号", "公积金账"],
            ["yhk", "yhkh", "yhzh", "bankcard", "bankaccount", "cardno", "cardnumber", "iban"],
            weak: ["zh", "account"]),
        Rule(
            .income, ["收入", "工资", "薪", "存款", "贷款余额"], ["gz", "gzsr", "salary", "income", "wage"], weak: ["sr"]
        ),
        Rule(
            .health, ["诊断", "病历", "病史", "疾病", "血型", "残疾", "用药", "检验结果", "过敏"],
            [
                "zd", "zdjg", "blh", "jzjl", "diagnosis", "disease", "bloodtype", "disability",
                "medicalrecord", "allergy",
            ],
            weak: ["patient"]),
        Rule(.biometric, ["指纹", "人脸", "虹膜", "声纹", "基因"], ["fingerprint", "faceid", "iris", "zw", "rlzp"]),
        Rule(.religion, ["宗教", "信仰"], ["zjxy", "religion"]),
        Rule(.track, ["轨迹", "行踪", "住宿", "开房"], ["gj", "xzgj", "track", "trajectory"], weak: ["location"]),
        Rule(.minor, ["监护人", "儿童姓名", "未成年"], ["jhr", "guardian", "guardianname"], weak: ["child"]),
        Rule(.marriage, ["婚姻", "配偶"], ["hyzk", "marital", "maritalstatus", "spouse"]),
    ]

    /// Every kind the column's name or the item's Chinese name speaks for, with its certainty in percent.
    static func kinds(column: String, item: String?) -> [(kind: PersonalKind, certainty: Int, word: String)] {
        let words = words(of: column)
        let chinese = [column, item ?? ""].filter { name in !innocent.contains(where: name.contains) }
        return rules.compactMap { rule in
            if let word = rule.chinese.first(where: { part in chinese.contains { $0.contains(part) } }) {
                return (rule.kind, strongCertainty, word)
            }
            if let word = words.first(where: rule.words.contains) {
                return (rule.kind, strongCertainty, word)
            }
            if let word = words.first(where: rule.weak.contains) { return (rule.kind, weakCertainty, word) }
            return nil
        }
    }

    /// `patientIdCard_no` → the whole without separators, its words, and each pair and triple of neighbours.
    private static func words(of column: String) -> [String] {
        var parts: [String] = [""]
        var previous: Character = "_"
        for character in column {
            let startsWord = character.isUppercase && previous.isLowercase
            if !character.isLetter && !character.isNumber || startsWord, parts.last != "" { parts.append("") }
            if character.isLetter || character.isNumber {
                parts[parts.count - 1] += character.lowercased()
            }
            previous = character
        }
        parts = parts.filter { !$0.isEmpty }
        var words = [parts.joined()]
        for length in 1...3 where length <= parts.count {
            for start in 0...(parts.count - length) {
                words.append(parts[start..<start + length].joined())
            }
        }
        return words
    }
}
