import Kernel
import Policy
import Web

extension JSONShape {
    private static let delivery = JSONShape.named(
        "Delivery",
        .object([
            .needed("id", .id), .needed("grant", .id), .needed("state", .word(Delivery.State.self)),
            .needed("format", .word(DeliveryKind.self)), .needed("target", .nullable(.id)),
            .needed("days", .text, Message("delivery.api-days")),
            .needed("time", .nullable(.text)), .needed("weekday", .nullable(.integer)),
            .needed("workingDay", .nullable(.integer)), .needed("skipsUnchanged", .boolean),
            .needed("nextAt", .nullable(.moment)), .needed("lastAt", .nullable(.moment)),
            .needed("failures", .integer), .needed("problem", .nullable(.text)),
            .needed("revision", .integer),
        ]))

    private static let deliveryRun = JSONShape.named(
        "DeliveryRun",
        .object([
            .needed("id", .id), .needed("format", .word(DeliveryKind.self)), .needed("dueAt", .moment),
            .needed("startedAt", .moment),
            .needed("endedAt", .nullable(.moment)), .needed("outcome", .word(DeliveryRun.Outcome.self)),
            .needed("release", .nullable(.id)), .needed("problem", .nullable(.text)),
        ]))

    private static func terms(_ further: [Member]) -> JSONShape {
        .object(
            [
                .needed("format", .word(["csv", "parquet", "excel", "push"])),
                .optional("target", .id, Message("delivery.api-target")),
                .needed("days", .text, Message("delivery.api-days")),
                .optional("time", .text, Message("timing.time-hint")), .optional("weekday", .integer),
                .optional("workingDay", .integer), .optional("skipsUnchanged", .boolean),
            ] + further)
    }

    fileprivate static let oneDelivery = delivery
    fileprivate static let deliveries = JSONShape.page(of: delivery)
    fileprivate static let deliveryRuns = JSONShape.page(of: deliveryRun)
    fileprivate static let deliveryTerms = JSONShape.named("DeliveryTerms", terms([]))
    fileprivate static let deliveryChange = JSONShape.named(
        "DeliveryChange", terms([.needed("revision", .integer)]))
}

extension Operation {
    private static let ok = Message("release.api.ok")
    private static let group = "releases"

    static let listDeliveries = Operation(
        group, Message("delivery.api-list"), answers: [Answer(200, ok, .json(.deliveries))])
    static let addDelivery = Operation(
        group, Message("delivery.api-add"), about: Message("delivery.api-about"), takes: .deliveryTerms,
        sample: ["format": "csv", "days": "working-days", "time": "08:30"],
        answers: [Answer(201, Message("release.api.made"), .json(.oneDelivery))],
        problems: [.invalid, .conflict])
    static let readDelivery = Operation(
        group, Message("delivery.api-read"), answers: [Answer(200, ok, .json(.oneDelivery))])
    static let changeDelivery = Operation(
        group, Message("delivery.api-change"), takes: .deliveryChange,
        sample: ["format": "csv", "days": "new-version", "revision": 1],
        answers: [Answer(200, ok, .json(.oneDelivery))], problems: [.invalid, .conflict])
    static let removeDelivery = Operation(
        group, Message("delivery.api-remove"), answers: [Answer(204, ok, .none)])
    static let listRuns = Operation(
        group, Message("delivery.api-runs"), answers: [Answer(200, ok, .json(.deliveryRuns))])

    static func setDelivery(_ word: String) -> Operation {
        Operation(
            group, Message("delivery.api-\(word)"), takes: .object([]), sample: [:],
            answers: [Answer(200, ok, .json(.oneDelivery))], problems: [.conflict])
    }
}
