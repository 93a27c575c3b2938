package import Kernel
import Policy
package import Web

/// Trying out a verify grant by hand: a key, what is believed of it, and yes or no.
package struct VerifyPage: Page {
    package static let template = "release/verify"
    package let title: Message
    package let head: Head
    package let action: String
    package let fields: [Field]
    package let canAsk: Bool
    package let errors: FormErrors?
    package let answer: Answer?
    package let backHref: String

    package struct Answer: Sendable {
        package let isSo: Bool
        package let said: Message
        package let means: Message
        package let record: Message
    }

    /// What can be asked under a grant. Fields are numbered: a column's name may be anything.
    struct Questions {
        let keyColumns: [String]
        let columns: [String]

        init(_ explanation: Explanation, keyColumns: [String]) {
            let leaving = explanation.columns.filter { $0.output != nil && $0.mask != .pseudonym }
            columns = leaving.map(\.source.name)
            self.keyColumns = keyColumns.filter(columns.contains)
        }

        func call(_ form: SubmittedForm, under grant: GrantID) throws -> VerifyCall {
            let column = form["column"]
            guard keyColumns.contains(column) else {
                throw Problem(
                    .invalid, Message("web.field-needed"),
                    places: [Problem.Place("column", Message("web.field-needed"))])
            }
            var claims: [String: String] = [:]
            for (position, name) in columns.enumerated() where name != column {
                let text = form["claim\(position)"]
                if !text.isEmpty { claims[name] = text }
            }
            return VerifyCall(grant: grant, column: column, key: form["key"], claims: claims)
        }

        /// A refusal names columns; the form has fields.
        func errors(_ problem: Problem) -> FormErrors {
            let isOfKey = problem.message.key.hasPrefix("release.key-")
            let places = problem.places.map { place in
                let position = columns.firstIndex(of: place.name)
                return Problem.Place(position.map { "claim\($0)" } ?? place.name, place.message)
            }
            return FormErrors(
                Problem(
                    problem.kind, problem.message, remedy: problem.remedy,
                    places: isOfKey ? [Problem.Place("key", problem.message)] : places))
        }
    }

    init(
        _ grant: Grant, entry: String, questions: Questions, typed: SubmittedForm, answer: VerifyAnswer?,
        errors: FormErrors?
    ) {
        title = Message("release.verify-title", ["entry": entry])
        let path = "/grants/\(grant.id)"
        head = Head(
            .word(title), subtitle: .word(Message("release.verify-why")),
            crumbs: [
                Head.Crumb(.word(Message("release.grants")), "/grants"), Head.Crumb(.data(entry), path),
            ])
        action = "\(path)/verification"
        backHref = path
        canAsk = !questions.keyColumns.isEmpty && questions.columns.count > 1
        let shown = Self.fields(questions, typed).map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
        self.answer = answer.map { answer in
            let word = answer.isSo ? "yes" : "no"
            return Answer(
                isSo: answer.isSo, said: Message("release.verify-\(word)"),
                means: Message("release.verify-\(word)-means"),
                record: Message(
                    "release.verify-record", ["leaf": answer.leafID.text, "release": answer.release.text]))
        }
    }

    private static func fields(_ questions: Questions, _ typed: SubmittedForm) -> [Field] {
        let chosen = typed["column"].isEmpty ? questions.keyColumns.first : typed["column"]
        return [
            Field.select(
                "column", Message("release.verify-key-column"),
                questions.keyColumns.map { Field.Option($0, .data($0), isChosen: $0 == chosen) }
            ).required(),
            Field.text("key", Message("release.verify-key"), value: typed["key"]).required(),
        ]
            + questions.columns.enumerated().filter { questions.keyColumns != [$0.element] }.map {
                position, name in
                Field.text(
                    "claim\(position)", Message("release.verify-claim", ["column": name]),
                    value: typed["claim\(position)"]
                ).hint(Message("release.verify-claim-hint"))
            }
    }

    package static let samples: [VerifyPage] = {
        let facts = EntryFacts(
            entry: Grant.sample.entry, provider: Grant.sample.provider, sharing: .conditional,
            columns: [ColumnFacts("身份证号", .text, grade: .l4), ColumnFacts("状态", .text, grade: .l1)])
        let explanation = Explanation(
            Grant.sample.clauses, facts: facts, on: Grant.sample.signedAt.date())
        func page(_ keys: [String], _ answer: VerifyAnswer?, _ errors: FormErrors?) -> VerifyPage {
            VerifyPage(
                .sample, entry: "最低生活保障对象信息",
                questions: Questions(explanation, keyColumns: keys), typed: SubmittedForm(), answer: answer,
                errors: errors)
        }
        let malformed = ReleaseError.keyMalformed(position: 0, type: "text").problem
        let questions = Questions(explanation, keyColumns: ["身份证号"])
        return [
            page(["身份证号"], VerifyAnswer.sample(isSo: true), nil),
            page(["身份证号"], VerifyAnswer.sample(isSo: false), nil),
            page(["身份证号"], nil, questions.errors(malformed)), page([], nil, nil),
        ]
    }()
}

extension VerifyAnswer {
    fileprivate static func sample(isSo: Bool) -> VerifyAnswer {
        VerifyAnswer(
            release: ReleaseID(high: 7 << 48, low: 1 << 63), leafID: LeafID(high: 8 << 48, low: 1 << 63),
            isSo: isSo)
    }
}
