package import Kernel
package import Web

/// What is asked of a letter before it is entered.
package struct LetterFormPage: Page {
    package struct OfCase: Sendable {
        package let title: String
        package let href: String
    }

    package static let template = "letters/form"
    package let title: Message
    package let head: Head
    package let action: String
    package let ofCase: OfCase?
    package let errors: FormErrors?
    package let carried: [Table.Pair]
    package let fields: [Field]
    /// 正文, as wide as the page; nil of what comes in.
    package let body: Field?
    package let button: Message
    package let backHref: String

    /// `key` makes a double click one letter.
    init(
        _ direction: Letter.Direction, _ typed: SubmittedForm, series: [LetterSeries], of file: LetterCase?,
        key: String, errors: FormErrors? = nil
    ) {
        let isIncoming = direction == .incoming
        title = Message(isIncoming ? "letter.new-incoming" : "letter.new-outgoing")
        head = Head(
            .word(title),
            subtitle: .word(Message(isIncoming ? "letter.incoming-why" : "letter.outgoing-why")),
            crumbs: [Head.Crumb(.word(Message("letter.letters")), LetterLinks.letters)])
        action = LetterLinks.entering(direction)
        ofCase = file.map { OfCase(title: $0.title, href: $0.href) }
        carried =
            [Table.Pair("key", key)] + (file.map { [Table.Pair("case", $0.id.text)] } ?? [])
        let asked = Self.fields(direction, typed, series)
        let text =
            isIncoming
            ? nil
            : Field.area("body", Message("letter.body"), value: typed.exactly("body"), rows: 14).required()
                .hint(
                    Message("letter.body-hint"))
        fields = asked.map { $0.checked(errors ?? FormErrors()) }
        body = text?.checked(errors ?? FormErrors())
        self.errors = errors?.summary(of: fields + (body.map { [$0] } ?? []))
        button = Message(isIncoming ? "letter.do-register" : "letter.take-number")
        backHref = file?.href ?? LetterLinks.letters
    }

    private static func fields(
        _ direction: Letter.Direction, _ typed: SubmittedForm, _ series: [LetterSeries]
    ) -> [Field] {
        let isIncoming = direction == .incoming
        var fields: [Field] = []
        if isIncoming {
            fields.append(
                Field.text("number", Message("letter.sender-number"), value: typed["number"]).hint(
                    Message("letter.number-hint")))
        } else {
            fields.append(
                Field.select(
                    "series", Message("letter.series"),
                    series.map {
                        Field.Option($0.id.text, .data($0.code), isChosen: typed["series"] == $0.id.text)
                    }
                ).required().hint(Message("letter.series-hint")))
        }
        fields += [
            Field.text("title", Message("letter.title"), value: typed["title"]).required(),
            Field.text(
                "counterpart", Message(isIncoming ? "letter.sender" : "letter.addressee"),
                value: typed["counterpart"]
            ).required(),
            Field.date("dated", Message("letter.dated"), value: typed["dated"]).required(),
        ]
        if isIncoming {
            fields.append(
                Field.date("receivedOn", Message("letter.received-on"), value: typed["receivedOn"]).required()
            )
        }
        return fields + [
            Field.text("mark", Message("letter.mark"), value: typed["mark"]).hint(
                Message("letter.mark-hint")),
            Field.area("copies", Message("letter.copies"), value: typed["copies"], rows: 2).hint(
                Message("letter.copies-hint")),
        ]
    }

    package static let samples = [
        LetterFormPage(
            .outgoing, SubmittedForm([("series", LetterSeries.sample.id.text)]), series: [.sample],
            of: .sample,
            key: "k"),
        LetterFormPage(
            .incoming, SubmittedForm(), series: [], of: nil, key: "k",
            errors: FormErrors(
                LetterError.fieldsInvalid([Problem.Place("title", Message("letter.field-needed"))]).problem)),
    ]
}

extension LetterDraft {
    /// As a form sends it.
    init(_ direction: Letter.Direction, _ form: SubmittedForm) {
        self.init(
            direction, series: form.id("series"), number: form["number"], title: form["title"],
            counterpart: form["counterpart"], mark: form["mark"],
            // Browsers send lines with both of their ends.
            body: form["body"].replacing("\r\n", with: "\n"), dated: form.date("dated"),
            receivedOn: form.date("receivedOn"), copies: Self.copies(in: form["copies"]),
            caseID: form.id("case"))
    }
}
