import Kernel
import Policy
import Web

/// What the API says of grants, releases and their proofs.
extension JSONShape {
    private static let grantMembers: [Member] = [
        .needed("id", .id), .needed("revision", .integer, Message("release.api.revision")),
        .needed("state", .word(Grant.State.self)), .needed("entry", .id), .needed("provider", .id),
        .needed("consumer", .nullable(.id), Message("release.api.consumer")), .needed("purpose", .text),
        .needed("clauses", .array(.named("Clause", .clause))),
        .needed("plan", .text, Message("release.api.plan")),
        .needed("signedAt", .moment),
        .needed("announcedEnd", .nullable(.date), Message("release.announced-end")),
    ]

    static let grant = JSONShape.named("Grant", .object(grantMembers))

    /// Each kind of clause has members of its own.
    private static let clause = JSONShape.either([.any])

    static let grantDetail = JSONShape.named(
        "GrantDetail",
        .object(
            grantMembers + [
                .needed("from", .nullable(.date)), .needed("to", .nullable(.date)),
                .needed("deliveries", .array(.word(DeliveryKind.self))),
                .needed("controls", .array(.text), Message("release.controls")),
                .needed("promises", .array(.text), Message("release.promises")),
                .needed(
                    "columns",
                    .array(
                        .object([
                            .needed("name", .text), .needed("type", .text), .needed("mask", .any),
                            .needed("leavesAs", .nullable(.text)),
                        ]))),
                .needed("keyColumns", .array(.text), Message("release.api.key-columns")),
                .needed("refusals", .array(.text), Message("release.refused-today")),
                .needed("quota", .object([.needed("total", allowance), .needed("today", allowance)])),
            ]))

    /// Nil: without a limit.
    private static let allowance = JSONShape.object([
        .needed("used", .exactInteger), .needed("max", .nullable(.exactInteger)),
        .needed("left", .nullable(.exactInteger)),
    ])

    static let release = JSONShape.named(
        "Release",
        .object([
            .needed("id", .id), .needed("grant", .id), .needed("revision", .integer), .needed("entry", .id),
            .needed("version", .id), .needed("versionNumber", .integer),
            .needed("delivery", .word(DeliveryKind.self)), .needed("state", .word(FileRelease.State.self)),
            .needed("rowsReserved", .exactInteger), .needed("rowsOut", .nullable(.exactInteger)),
            .needed("rowsWithheld", .nullable(.exactInteger)), .needed("bytes", .nullable(.exactInteger)),
            .needed("sha256", .nullable(.text)), .needed("authorisedAt", .moment),
            .needed("settledAt", .nullable(.moment)), .needed("problem", .nullable(.text)),
        ]))

    private static let live = JSONShape.named(
        "LiveBasis",
        .object([.needed("hook", .id), .needed("revision", .integer), .needed("answeredAt", .moment)]))

    private static let rowMembers: [Member] = [
        .needed("release", .id), .needed("leaf", .text, Message("release.api.leaf")),
        .needed("leafId", .id, Message("release.api.leaf-id")), .needed("grant", .id),
        .needed("revision", .integer), .optional("version", .id), .optional("versionNumber", .integer),
        .optional("live", live, Message("release.api.live")),
        .needed("columns", .array(.text)), .needed("rows", .array(.array(.any)), Message("release.api.rows")),
        .needed("salt", .text, Message("release.api.salt")),
    ]

    static let lookedUp = JSONShape.named(
        "LookedUpRows",
        .object(rowMembers + [.needed("rowKeys", .array(.integer), Message("release.api.row-keys"))]))

    static let pageOfRows = JSONShape.named(
        "PageOfRows",
        .object(rowMembers + [.needed("next", .nullable(.text), Message("release.api.next"))]))

    static let lookUp = JSONShape.named(
        "LookUp",
        .object([
            .needed("column", .text, Message("release.api.column")),
            .needed("keys", .array(.text, max: 1_000), Message("release.api.keys")),
        ]))

    static let verifyCall = JSONShape.named(
        "VerifyCall",
        .object([
            .needed("column", .text, Message("release.api.column")), .needed("key", .text),
            .needed("claims", .any, Message("release.api.claims")),
        ]))

    static let verified = JSONShape.named(
        "VerifyAnswer",
        .object([
            .needed("answer", .word(["yes", "no"])), .needed("release", .id),
            .needed("leaf", .text, Message("release.api.leaf")),
            .needed("leafId", .id, Message("release.api.leaf-id")), .needed("grant", .id),
            .needed("revision", .integer), .optional("version", .id), .optional("versionNumber", .integer),
            .optional("live", live, Message("release.api.live")),
            .needed("salt", .text, Message("release.api.salt")),
        ]))

    private static let envelope = JSONShape.named(
        "SignedDocument",
        .object([
            .needed("type", .text), .needed("version", .integer), .needed("alg", .text),
            .needed("kid", .text),
            .needed("payload", .any), .needed("signature", .text),
        ]))

    static let provenLeaf = JSONShape.named(
        "ProvenRecord",
        .object([
            .needed("record", .any, Message("release.api.record")),
            .needed(
                "proof",
                .object([
                    .needed("leaf", .text), .needed("index", .integer), .needed("path", .array(.text)),
                    .needed("checkpoint", envelope),
                ])),
        ]))

    static let receipt = JSONShape.named(
        "Receipt",
        .object([
            .needed("receipt", envelope), .needed("authorised", provenLeaf), .needed("settled", provenLeaf),
        ]))

    /// Sentences as keys with arguments, in no language yet.
    private static let sentence = JSONShape.object([.needed("key", .text), .needed("arguments", .any)])

    static let explanation = JSONShape.named(
        "Explanation",
        .object([
            .needed("enforceable", .boolean), .needed("columns", .array(.any)),
            .needed("withheld", .array(.text)), .needed("conditions", .array(.text)),
            .needed("controls", .array(sentence)), .needed("promises", .array(sentence)),
            .needed("deliveries", .array(.word(DeliveryKind.self))), .needed("parameters", .array(.text)),
            .needed(
                "refusals",
                .array(
                    .object([
                        .needed("code", .text), .optional("clause", .text), .optional("column", .text),
                        .optional("operator", .text),
                    ]))),
            .optional("sql", .text), .optional("rule", .text), .optional("from", .date),
            .optional("to", .date), .optional("totalQuota", .exactInteger),
            .optional("dailyQuota", .exactInteger),
        ]))

    static let waiting = JSONShape.object([.needed("status", .word(["waiting"]))])
}

/// The operations of the release API, beside what they take and answer.
extension Operation {
    private static func summary(_ word: String) -> Message { Message("release.api.\(word)") }
    private static let ok = Message("release.api.ok")

    static let listGrants = Operation(
        "grants", summary("list-grants"),
        query: [Parameter("after", .text, Message("web.api-after"))],
        answers: [Answer(200, ok, .json(.page(of: .grant)))], problems: [.invalid])

    static let readGrant = Operation(
        "grants", summary("read-grant"), about: summary("read-grant-about"),
        answers: [Answer(200, ok, .json(.grantDetail))])

    static let explainClauses = Operation(
        "grants", summary("explain"), about: summary("explain-about"),
        takes: .object([.needed("clauses", .array(.any))]),
        sample: ["clauses": [["kind": "columns", "version": 1, "names": ["姓名"]]]],
        answers: [Answer(200, ok, .json(.explanation))])

    static let lookUp = Operation(
        "grants", summary("look-up"), about: summary("look-up-about"), takes: .lookUp,
        sample: ["column": "身份证号", "keys": ["441600000000000000"]],
        answers: [Answer(200, ok, .json(.lookedUp))],
        problems: [.refused, .tooMany, .conflict, .badGateway, .gatewayTimeout])

    static let verify = Operation(
        "grants", summary("verify"), about: summary("verify-about"), takes: .verifyCall,
        sample: ["column": "身份证号", "key": "441600000000000000", "claims": ["姓名": "…"]],
        answers: [Answer(200, ok, .json(.verified))],
        problems: [.refused, .tooMany, .conflict, .badGateway, .gatewayTimeout])

    static let readRows = Operation(
        "grants", summary("read-rows"), about: summary("read-rows-about"),
        query: [
            Parameter("limit", .integer, Message("web.api-limit")),
            Parameter("after", .text, Message("web.api-after")),
        ],
        answers: [Answer(200, ok, .json(.pageOfRows))],
        problems: [.invalid, .tooLarge, .refused, .tooMany, .conflict])

    static let streamRows = Operation(
        "grants", summary("stream-rows"), about: summary("stream-rows-about"),
        query: [
            Parameter("format", .word(StreamForm.self), summary("stream-format")),
            Parameter("limit", .integer, Message("web.api-limit")),
            Parameter("after", .text, summary("stream-after")),
            Parameter("bytes", .exactInteger, summary("stream-bytes")),
            Parameter("bom", .boolean, summary("stream-bom")),
        ],
        answers: [Answer(200, ok, .file([RowStream.mediaType, CSVStream.mediaType]))],
        problems: [.invalid, .tooLarge, .refused, .tooMany, .conflict])

    static let syntheticRows = Operation(
        "grants", summary("synthetic-rows"), about: summary("synthetic-rows-about"),
        query: [Parameter("limit", .integer, Message("web.api-limit"))],
        answers: [
            Answer(
                200, ok,
                .json(
                    .named(
                        "SyntheticRows",
                        .object([
                            .needed("synthetic", .boolean), .needed("grant", .id),
                            .needed("columns", .array(.text)), .needed("rows", .array(.array(.any))),
                        ]))))
        ], problems: [.tooLarge, .refused])

    static let makeFile = Operation(
        "grants", summary("make-file"), about: summary("make-file-about"),
        takes: .object([.needed("format", .word(["csv", "parquet", "excel"]))]), sample: ["format": "csv"],
        answers: [Answer(201, summary("made"), .json(.release))], problems: [.refused, .tooMany, .conflict])

    static func changeGrant(_ act: GrantActs.Act) -> Operation {
        Operation(
            "grants", summary(act.rawValue), takes: .object([.needed("reason", .text)]),
            sample: ["reason": "…"], answers: [Answer(200, ok, .json(.grant))], problems: [.conflict])
    }

    static let readRelease = Operation(
        "releases", summary("read-release"), answers: [Answer(200, ok, .json(.release))])

    static let readFile = Operation(
        "releases", summary("read-file"), about: summary("read-file-about"),
        answers: [
            Answer(
                200, ok,
                .file([
                    "text/csv", "application/vnd.apache.parquet",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ]))
        ], problems: [.refused, .conflict])

    static let readReceipt = Operation(
        "releases", summary("read-receipt"), about: summary("read-receipt-about"),
        answers: [Answer(200, ok, .json(.receipt))], problems: [.conflict])

    static let readProof = Operation(
        "evidence", summary("read-proof"), about: summary("read-proof-about"),
        answers: [
            Answer(200, ok, .json(.provenLeaf)), Answer(202, summary("proof-waiting"), .json(.waiting)),
        ])

    static let readKeys = Operation(
        "evidence", summary("read-keys"), about: summary("read-keys-about"),
        answers: [
            Answer(
                200, ok,
                .json(
                    .object([
                        .needed("keys", .array(.object([.needed("kid", .text), .needed("pem", .text)])))
                    ])
                ))
        ])
}
