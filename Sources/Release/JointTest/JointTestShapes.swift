import Kernel
import Lake
import Policy
import Web

extension JSONShape {
    private static let testMembers: [Member] = [
        .needed("id", .id), .needed("synthetic", .boolean), .needed("grant", .id),
        .needed("revision", .integer), .needed("planDigest", .text),
        .needed("delivery", .word(DeliveryKind.self)),
        .needed("seed", .integer, Message("joint-test.seed-hint")), .needed("rowsMade", .integer),
        .needed("rowsOut", .integer), .needed("rowsWithheld", .integer),
        .needed("bytes", .nullable(.integer)), .needed("sha256", .text), .needed("madeAt", .moment),
        .needed("leafId", .id),
    ]
    private static let test = JSONShape.named("JointTest", .object(testMembers))

    private static let fault = JSONShape.named(
        "JointTestFault",
        .object([
            .needed("id", .id), .needed("jointTest", .nullable(.id)), .needed("fault", .text),
            .needed("toldAt", .moment), .needed("answer", .nullable(.text)),
            .needed("answeredAt", .nullable(.moment)),
        ]))

    private static let word = JSONShape.named(
        "JointTestWord",
        .object([
            .needed("side", .word(JointTestWord.Side.self)),
            .needed("verdict", .word(JointTestWord.Verdict.self)), .needed("note", .text),
            .needed("at", .moment), .needed("undoneAt", .nullable(.moment)),
        ]))

    private static let triedPush = JSONShape.named(
        "JointTestPush",
        .object([
            .needed("jointTest", .id), .needed("target", .id), .needed("place", .pushPlace),
            .needed("ownTable", .text, Message("joint-test.own-table")),
            .needed("manner", .word(PushManner.self)), .needed("keyColumns", .array(.text)),
            .needed("state", .word(JointPush.State.self)),
            .needed("table", .word(JointPush.TableState.self), Message("joint-test.api-table")),
            .needed("rowsBefore", .nullable(.integer)), .needed("rowsOut", .nullable(.integer)),
            .needed("rowsAfter", .nullable(.integer)),
            .needed("contentDigest", .nullable(.text), Message("joint-test.read-back")),
            .needed("columns", .array(.text), Message("joint-test.columns")),
            .needed("problem", .nullable(.text)), .needed("madeAt", .moment), .needed("dropAt", .moment),
            .needed("droppedAt", .nullable(.moment)),
        ]))

    fileprivate static let onePush = triedPush
    fileprivate static let oneTest = JSONShape.named(
        "JointTestWithPush",
        .object(testMembers + [.needed("push", .nullable(triedPush))]))
    fileprivate static let oneFault = fault
    fileprivate static let record = JSONShape.named(
        "JointTestRecord",
        .object([
            .needed("grant", .id), .needed("required", .boolean),
            .needed("standing", .word(JointTestRecord.Standing.self)), .needed("tests", .array(test)),
            .needed("faults", .array(fault)), .needed("words", .array(word)),
            .needed("pushes", .array(triedPush)),
        ]))

    fileprivate static func rows(_ name: String, _ last: Member) -> JSONShape {
        .named(
            name,
            .object([
                .needed("synthetic", .boolean), .needed("jointTest", .id), .needed("grant", .id),
                .needed("columns", .array(.text)), .needed("rows", .array(.array(.any))), last,
            ]))
    }
}

extension Operation {
    private static let ok = Message("release.api.ok")
    private static let made = Message("release.api.made")
    private static let group = "grants"

    static let listJointTests = Operation(
        group, Message("joint-test.api-list"), answers: [Answer(200, ok, .json(.record))])
    static let makeJointTest = Operation(
        group, Message("joint-test.api-make"), about: Message("joint-test.api-make-about"),
        takes: .object([
            .needed("delivery", .word(JointTest.deliveries.map(\.rawValue))),
            .optional("rows", .integer), .optional("seed", .integer, Message("joint-test.seed-hint")),
            .optional("target", .id, Message("joint-test.api-target")),
        ]), sample: ["delivery": "csv", "rows": 100, "seed": 20_261_128],
        answers: [Answer(201, made, .json(.oneTest))],
        problems: [.invalid, .refused, .tooMany, .conflict, .unavailable])
    static let dropJointTestTable = Operation(
        group, Message("joint-test.api-drop"), about: Message("joint-test.drop-means"),
        answers: [Answer(200, ok, .json(.onePush))], problems: [.conflict, .unavailable])
    static let jointTestVerify = Operation(
        group, Message("joint-test.api-verify"), about: Message("joint-test.api-verify-about"),
        takes: .verifyCall,
        sample: ["column": "身份证号", "key": "441600194001010012", "claims": ["姓名": "测试甲"]],
        answers: [
            Answer(
                200, ok,
                .json(
                    .named(
                        "JointTestVerifyAnswer",
                        .object([
                            .needed("answer", .word(["yes", "no"])), .needed("synthetic", .boolean),
                            .needed("jointTest", .id), .needed("grant", .id),
                        ]))))
        ], problems: [.invalid, .tooLarge, .refused, .conflict])
    static let jointTestStream = Operation(
        group, Message("joint-test.api-stream"), about: Message("joint-test.api-rows-about"),
        query: streamRows.query,
        answers: [Answer(200, ok, .file([RowStream.mediaType, CSVStream.mediaType]))],
        problems: [.invalid, .tooLarge, .refused, .conflict])
    private static let workbook = [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ]
    static let jointTestList = Operation(
        group, Message("joint-test.api-list-file"), about: Message("joint-test.list-how"),
        answers: [Answer(200, ok, .file(workbook))], problems: [.refused, .conflict])
    static let jointTestMatch = Operation(
        group, Message("joint-test.api-match"), about: Message("joint-test.api-match-about"),
        form: [
            FormPart("list", "@list.xlsx", Message("name-list.api.list"), isFile: true),
            FormPart("key", "身份证号", Message("name-list.key-column")),
            FormPart("kind", NameListKey.citizenID.rawValue, Message("name-list.api.kind")),
            FormPart("case", "", Message("name-list.case-column")),
            FormPart("keyColumn", "身份证号", Message("joint-test.api-key-column")),
        ], answers: [Answer(200, ok, .file(workbook))],
        problems: [.invalid, .tooLarge, .refused, .conflict])
    static let readJointTest = Operation(
        group, Message("joint-test.api-read"), answers: [Answer(200, ok, .json(.oneTest))])
    static let jointTestFile = Operation(
        group, Message("joint-test.api-file"),
        answers: [
            Answer(
                200, ok,
                .file([
                    "text/csv", "application/vnd.apache.parquet",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ]))
        ], problems: [.refused, .conflict])
    static let jointTestRows = Operation(
        group, Message("joint-test.api-rows"), about: Message("joint-test.api-rows-about"),
        query: [
            Parameter("limit", .integer, Message("web.api-limit")),
            Parameter("after", .text, Message("web.api-after")),
        ],
        answers: [
            Answer(200, ok, .json(.rows("JointTestPage", .needed("next", .nullable(.text)))))
        ], problems: [.invalid, .tooLarge, .refused, .conflict])
    static let jointTestLookUp = Operation(
        group, Message("joint-test.api-look-up"), about: Message("joint-test.api-rows-about"),
        takes: .object([.needed("column", .text), .needed("keys", .array(.text))]),
        sample: ["column": "身份证号", "keys": ["441600194001010012"]],
        answers: [
            Answer(200, ok, .json(.rows("JointTestLookUp", .needed("rowKeys", .array(.integer)))))
        ], problems: [.invalid, .tooLarge, .refused, .conflict])
    static let tellJointTestFault = Operation(
        group, Message("joint-test.api-tell"),
        takes: .object([.needed("fault", .text), .optional("jointTest", .id)]),
        sample: ["fault": "日期列为空时报错"], answers: [Answer(201, made, .json(.oneFault))],
        problems: [.invalid, .conflict])
    static let answerJointTestFault = Operation(
        group, Message("joint-test.api-answer"), takes: .object([.needed("answer", .text)]),
        sample: ["answer": "空值按约定给出，请按空值处理"], answers: [Answer(200, ok, .json(.oneFault))],
        problems: [.invalid, .conflict])
    static let sayJointTest = Operation(
        group, Message("joint-test.api-say"), about: Message("joint-test.api-say-about"),
        takes: .object([
            .needed("verdict", .word(JointTestWord.Verdict.self)), .optional("note", .text),
        ]), sample: ["verdict": "passed"], answers: [Answer(200, ok, .json(.record))],
        problems: [.invalid, .conflict])
}
