import Kernel
import Policy
import Web

extension JSONShape {
    private static let test = JSONShape.named(
        "JointTest",
        .object([
            .needed("id", .id), .needed("synthetic", .boolean), .needed("grant", .id),
            .needed("revision", .integer), .needed("planDigest", .text),
            .needed("delivery", .word(DeliveryKind.self)),
            .needed("seed", .integer, Message("joint-test.seed-hint")), .needed("rowsMade", .integer),
            .needed("rowsOut", .integer), .needed("rowsWithheld", .integer),
            .needed("bytes", .nullable(.integer)), .needed("sha256", .text), .needed("madeAt", .moment),
            .needed("leafId", .id),
        ]))

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

    fileprivate static let oneTest = test
    fileprivate static let oneFault = fault
    fileprivate static let record = JSONShape.named(
        "JointTestRecord",
        .object([
            .needed("grant", .id), .needed("required", .boolean),
            .needed("standing", .word(JointTestRecord.Standing.self)), .needed("tests", .array(test)),
            .needed("faults", .array(fault)), .needed("words", .array(word)),
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
        ]), sample: ["delivery": "csv", "rows": 100, "seed": 20_261_128],
        answers: [Answer(201, made, .json(.oneTest))], problems: [.invalid, .refused, .tooMany, .conflict])
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
