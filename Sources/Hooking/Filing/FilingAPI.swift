import Hummingbird
package import Kernel
import Policy
import Web

/// Filing by machine: the same acts as on the pages, with a token.
extension HookingSite {
    func filingAPI(_ routes: inout Routes) {
        routes.get("/api/v1/hooks/:id/filings", .anyOf(Self.readers), describing: .listFilings) { visit in
            let filings = try await hooking.filings(of: visit.id(), for: visit.principal)
            return visit.json(items: filings.map(\.apiJSON), next: nil)
        }
        routes.get("/api/v1/hooks/:id/periods", .anyOf(Self.readers), describing: .listPeriods) { visit in
            let standings = try await hooking.standings(of: visit.id(), for: visit.principal)
            return visit.json(items: standings.map(\.apiJSON), next: nil)
        }
        routes.post(
            "/api/v1/hooks/:id/filings", .action(.publishVersion),
            body: .upload(bytesMax: uploadBytesMax + 65_536, door: .filing), describing: .file
        ) { visit in
            let hook = try await hooking.find(visit.id(), for: visit.principal)
            let sent = try SentFiling(visit.form, through: .api)
            guard let file = try visit.form.file("file") else {
                throw HookingError.invalid([Problem.Place("file", Message("web.field-needed"))])
            }
            let filing = try await take(file, sent, hook, by: visit.principal)
            var response = visit.json(filing.apiJSON, status: .created)
            response.headers[.location] = "/api/v1/filings/\(filing.id)"
            return response
        }
        routes.post(
            "/api/v1/hooks/:id/nil-reports", .action(.publishVersion), body: .json(), describing: .fileNothing
        ) { visit in
            let members = visit.json.object ?? [:]
            guard let text = members["period"]?.string, let period = Period(text) else {
                throw HookingError.periodUnknown(members["period"]?.string ?? "")
            }
            let filing = try await hooking.fileNothing(
                for: period, of: visit.id(), because: members["reason"]?.string ?? "", through: .api,
                by: visit.principal)
            return visit.json(filing.apiJSON, status: .created)
        }
        routes.get("/api/v1/filings/:id", .anyOf(Self.readers), describing: .readFiling) { visit in
            visit.json(try await hooking.filing(visit.id(), for: visit.principal).apiJSON)
        }
    }
}

extension Filing {
    package var apiJSON: JSON {
        let (word, version, problem): (JSON, JSON, JSON) =
            switch outcome {
            case .running(let stage): ("running", .null, .string(stage.rawValue))
            case .published(let id): ("published", .string(id.text), .null)
            case .unchanged: ("unchanged", .null, .null)
            case .cancelled: ("cancelled", .null, .null)
            case .failed(let problem): ("failed", .null, .string(problem.message.key))
            case nil: (.null, .null, .null)
            }
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
        let isFailed = word == "failed"
        return [
            "id": .string(id.text), "hook": .string(hook.text), "entry": .string(entry.text),
            "period": text(period?.description), "kind": .string(kind.rawValue),
            "manner": .string(manner.rawValue), "channel": .string(channel.rawValue),
            "file": text(fileName), "sha256": text(sha256), "attempt": text(attempt?.text),
            "outcome": word, "version": version, "problem": isFailed ? problem : .null,
            "reason": text(reason), "filedAt": .string(filedAt.description),
            "undoneAt": text(undoneAt?.description),
        ]
    }
}

extension PeriodStanding {
    package var apiJSON: JSON {
        [
            "period": .string(period.description), "first": .string(period.first.description),
            "last": .string(period.last.description), "deadline": .string(deadline.description),
            "isProvisional": .boolean(isProvisional), "state": .string(state.rawValue),
            "cameLate": .boolean(cameLate), "workingDaysLeft": .integer(Int64(workingDaysLeft)),
            "filing": filing.map { .string($0.id.text) } ?? .null,
        ]
    }
}

extension JSONShape {
    fileprivate static let filing = JSONShape.named(
        "Filing",
        .object([
            .needed("id", .id), .needed("hook", .id), .needed("entry", .id),
            .needed("period", .nullable(.text), Message("hooking.api.period")),
            .needed("kind", .word(Filing.Kind.self)), .needed("manner", .word(Filing.Manner.self)),
            .needed("channel", .word(Filing.Channel.self)), .needed("file", .nullable(.text)),
            .needed("sha256", .nullable(.text)), .needed("attempt", .nullable(.id)),
            .needed(
                "outcome",
                .nullable(.word(["running", "published", "unchanged", "cancelled", "failed"]))),
            .needed("version", .nullable(.id)), .needed("problem", .nullable(.text)),
            .needed("reason", .nullable(.text)), .needed("filedAt", .moment),
            .needed("undoneAt", .nullable(.moment)),
        ]))

    fileprivate static let standing = JSONShape.named(
        "FilingPeriod",
        .object([
            .needed("period", .text, Message("hooking.api.period")), .needed("first", .date),
            .needed("last", .date), .needed("deadline", .date), .needed("isProvisional", .boolean),
            .needed("state", .word(PeriodStanding.State.self)), .needed("cameLate", .boolean),
            .needed("workingDaysLeft", .integer), .needed("filing", .nullable(.id)),
        ]))
}

extension Operation {
    fileprivate static let listFilings = Operation(
        "filings", Message("hooking.api.list-filings"),
        answers: [Answer(200, Message("hooking.api.filings"), .json(.page(of: .filing)))])

    fileprivate static let listPeriods = Operation(
        "filings", Message("hooking.api.list-periods"),
        answers: [Answer(200, Message("hooking.api.periods"), .json(.page(of: .standing)))])

    fileprivate static let file = Operation(
        "filings", Message("hooking.api.file"), about: Message("hooking.api.file-about"),
        form: [
            FormPart("file", "@2026-10.csv", Message("hooking.api.filed"), isFile: true),
            FormPart("period", "2026-10", Message("hooking.api.period")),
            FormPart("manner", Filing.Manner.replace.rawValue, Message("hooking.api.manner")),
        ],
        answers: [Answer(201, Message("hooking.api.filing"), .json(.filing))],
        problems: [.conflict, .refused])

    fileprivate static let fileNothing = Operation(
        "filings", Message("hooking.api.file-nothing"),
        takes: .object([
            .needed("period", .text, Message("hooking.api.period")), .needed("reason", .text),
        ]),
        sample: ["period": "2026-10", "reason": "本月无新增"],
        answers: [Answer(201, Message("hooking.api.filing"), .json(.filing))], problems: [.conflict])

    fileprivate static let readFiling = Operation(
        "filings", Message("hooking.api.read-filing"),
        answers: [Answer(200, Message("hooking.api.filing"), .json(.filing))])
}
