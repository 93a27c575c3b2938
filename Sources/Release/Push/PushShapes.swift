import Kernel
import Lake
import Web

/// What the API says of pushes.
extension JSONShape {
    private static let targetMembers: [JSONShape.Member] = [
        .needed("label", .text, Message("pushing.label")), .needed("kind", .word(PushPlace.Kind.self)),
        .needed("host", .text), .needed("port", .integer), .needed("database", .text),
        .needed("schema", .text, Message("pushing.schema-hint")), .needed("table", .text),
        .needed("user", .text), .needed("manner", .word(PushManner.self), Message("pushing.api.manner")),
        .needed("keyColumns", .array(.text), Message("pushing.keys-hint")),
    ]

    static let pushTarget = JSONShape.named(
        "PushTarget", .object([.needed("id", .id)] + targetMembers + [.needed("madeAt", .moment)]))

    static let pushTargetDraft = JSONShape.named(
        "NewPushTarget",
        .object([
            .needed("label", .text, Message("pushing.label")), .needed("kind", .word(PushPlace.Kind.self)),
            .needed("host", .text), .needed("port", .integer), .needed("database", .text),
            .optional("schema", .text, Message("pushing.schema-hint")), .needed("table", .text),
            .needed("user", .text), .optional("password", .text, Message("pushing.password-hint")),
            .optional("manner", .word(PushManner.self), Message("pushing.api.manner")),
            .optional("keyColumns", .array(.text), Message("pushing.keys-hint")),
        ]))

    static let pushSight = JSONShape.named(
        "PushTargetSight",
        .object([
            .needed("server", .text, Message("pushing.seen-server")),
            .needed("columns", .nullable(.array(.text)), Message("pushing.seen-table")),
            .needed("rightsMissing", .array(.text), Message("pushing.seen-rights")),
        ]))

    static let pushPlace: JSONShape = .object([
        .needed("kind", .word(PushPlace.Kind.self)), .needed("server", .text),
        .needed("database", .text), .needed("schema", .text), .needed("table", .text),
    ])

    static let push = JSONShape.named(
        "Push",
        .object([
            .needed("id", .id), .needed("grant", .id), .needed("revision", .integer),
            .needed("entry", .id), .needed("version", .id), .needed("versionNumber", .integer),
            .needed("target", .id),
            .needed("place", .pushPlace), .needed("manner", .word(PushManner.self)),
            .needed("keyColumns", .array(.text)), .needed("state", .word(FileRelease.State.self)),
            .needed("stage", .word(Push.Stage.self), Message("pushing.api.stage")),
            .needed("rowsReserved", .integer), .needed("rowsDone", .integer),
            .needed("rowsOut", .nullable(.integer)),
            .needed("contentDigest", .nullable(.text), Message("pushing.digest")),
            .needed("problem", .nullable(.text)), .needed("authorisedAt", .moment),
            .needed("settledAt", .nullable(.moment)), .needed("hasReceipt", .boolean),
        ]))
}

extension Operation {
    private static func word(_ key: String) -> Message { Message("pushing.api.\(key)") }
    private static let ok = Message("release.api.ok")

    static let listTargets = Operation(
        "pushes", word("list-targets"), answers: [Answer(200, ok, .json(.page(of: .pushTarget)))])

    static let addTarget = Operation(
        "pushes", word("add-target"), about: word("add-target-about"), takes: .pushTargetDraft,
        sample: [
            "label": "前置机", "kind": "postgres", "host": "10.0.0.8", "port": 5432, "database": "front",
            "schema": "public", "table": "dibao", "user": "headwaters", "password": "…",
            "manner": "upsert", "keyColumns": ["身份证号"],
        ], answers: [Answer(201, Message("release.api.made"), .json(.pushTarget))],
        problems: [.invalid])

    static let readTarget = Operation(
        "pushes", word("read-target"), answers: [Answer(200, ok, .json(.pushTarget))])

    static let removeTarget = Operation(
        "pushes", word("remove-target"), answers: [Answer(204, ok, .none)], problems: [.conflict])

    static let tryTarget = Operation(
        "pushes", word("try-target"), about: word("try-target-about"), takes: .object([]), sample: [:],
        answers: [Answer(200, ok, .json(.pushSight))], problems: [.refused, .unavailable])

    static let beginPush = Operation(
        "pushes", word("begin"), about: word("begin-about"),
        takes: .object([.needed("target", .id, Message("pushing.target"))]), sample: ["target": "$TARGET"],
        answers: [Answer(202, word("begun"), .json(.push))],
        problems: [.refused, .conflict, .tooMany, .unavailable])

    static let listPushes = Operation(
        "pushes", word("list"), query: [Parameter("after", .text, Message("web.api-after"))],
        answers: [Answer(200, ok, .json(.page(of: .push)))], problems: [.invalid])

    static let readPush = Operation("pushes", word("read"), answers: [Answer(200, ok, .json(.push))])

    static let cancelPush = Operation(
        "pushes", word("cancel"), about: word("cancel-about"), takes: .object([]), sample: [:],
        answers: [Answer(202, ok, .json(.push))], problems: [.conflict])
}
