package import Kernel
package import Web

/// What a receiver may choose, as a form; the same for people and channels.
enum WishForm {
    static func fields(
        _ wish: Receiver.Wish, _ typed: SubmittedForm?, standard: DaySpan?, isChannel: Bool
    ) -> [Field] {
        func value(_ name: String, _ known: String) -> String { typed.map { $0[name] } ?? known }
        let quiet = value("quiet", wish.manner.quiet.word)
        let mode = value("mode", wish.manner.digestMinute == nil ? "at-once" : "digest")
        let chosen = typed.map { Set($0.all("occasions")) } ?? Set(wish.occasions.map(\.rawValue))
        let own: DaySpan? = if case .own(let span) = wish.manner.quiet { span } else { nil }
        let occasions = Receiver.Occasion.allCases.filter { !isChannel || $0 != .watched }
        return [
            Field.ticks(
                "occasions", Message("reminder.occasions"),
                occasions.map {
                    Field.Option(
                        $0.rawValue, .word(Message("reminder.occasion.\($0.rawValue)")),
                        isChosen: chosen.contains($0.rawValue))
                }
            ).hint(Message("reminder.occasions-hint")),
            Field.number(
                "daysBefore", Message("reminder.days-before"),
                value: value("daysBefore", String(wish.daysBefore)), unit: Message("reminder.working-days")
            ).hint(Message("reminder.days-before-hint")),
            Field.radios(
                "mode", Message("reminder.mode"),
                ["at-once", "digest"].map {
                    Field.Option(
                        $0, .word(Message("reminder.mode.\($0)")), hint: Message("reminder.mode.\($0)-hint"),
                        isChosen: $0 == mode)
                }
            ).required(),
            Field.text(
                "digestTime", Message("reminder.digest-time"),
                value: value("digestTime", DaySpan.time(wish.manner.digestMinute ?? 510))
            ).asked(when: "mode", is: ["digest"]),
            Field.radios(
                "quiet", Message("reminder.quiet"),
                ["standard", "none", "own"].map { word in
                    let hours = standard?.text ?? "—"
                    return Field.Option(
                        word, .word(Message("reminder.quiet.\(word)", ["hours": hours])),
                        isChosen: word == quiet)
                }
            ).required().hint(Message("reminder.quiet-hint")),
            Field.text(
                "quietHours", Message("reminder.quiet-hours"),
                value: value("quietHours", own?.text ?? "22:00-07:30")
            ).hint(Message("reminder.quiet-hours-hint")).asked(when: "quiet", is: ["own"]),
            Field.tick(
                "rests", Message("reminder.rests"),
                isOn: typed.map { $0.isOn("rests") } ?? wish.manner.restsOnDaysOff),
            Field.select(
                "language", Message("reminder.language"),
                Language.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("reminder.language.\($0.rawValue)")),
                        isChosen: $0.rawValue == value("language", wish.language.rawValue))
                }),
        ]
    }

    /// - Throws: `ReminderError.invalid` with every field that cannot be read.
    static func read(_ form: SubmittedForm) throws(ReminderError) -> Receiver.Wish {
        var faults: [Problem.Place] = []
        let isDigest = form["mode"] == "digest"
        let minute = isDigest ? Timing.minute(form["digestTime"]) : nil
        if isDigest, minute == nil {
            faults.append(Problem.Place("digestTime", Message("reminder.time-unreadable")))
        }
        if !isDigest, form["mode"] != "at-once" {
            faults.append(Problem.Place("mode", Message("reminder.choose-one")))
        }
        var quiet = Manner.Quiet.standard
        switch form["quiet"] {
        case "standard": break
        case "none": quiet = .none
        case "own":
            if let span = DaySpan(form["quietHours"]) {
                quiet = .own(span)
            } else {
                faults.append(Problem.Place("quietHours", Message("reminder.hours-unreadable")))
            }
        default: faults.append(Problem.Place("quiet", Message("reminder.choose-one")))
        }
        let days = form.integer("daysBefore")
        if days == nil {
            faults.append(
                Problem.Place(
                    "daysBefore",
                    Message("reminder.days-before-range", ["max": String(Receiver.Wish.daysBeforeMax)])))
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        return Receiver.Wish(
            occasions: Set(form.all("occasions").compactMap { Receiver.Occasion(rawValue: $0) }),
            daysBefore: days ?? 0,
            manner: Manner(digestMinute: minute, quiet: quiet, restsOnDaysOff: form.isOn("rests")),
            language: Language(rawValue: form["language"]) ?? .simplifiedChinese)
    }
}

extension Manner.Quiet {
    fileprivate var word: String {
        switch self {
        case .standard: "standard"
        case .none: "none"
        case .own: "own"
        }
    }
}

/// One of the small forms of these pages.
package struct ReminderForm: Sendable {
    package let id: String
    package let title: Message
    package let note: Message?
    package let action: String
    package let revision: Int?
    package let fields: [Field]
    package let errors: FormErrors?
    package let button: Message
    /// The one thing to do next.
    package let isMain: Bool

    init(
        _ id: String, _ title: Message, note: Message? = nil, action: String, revision: Int? = nil,
        fields: [Field], errors: FormErrors = FormErrors(), button: Message, isMain: Bool = false
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.action = action
        self.revision = revision
        let shown = fields.map { $0.within(form: id).checked(errors) }
        self.fields = shown
        self.errors = errors.within(form: id).summary(of: shown)
        self.button = button
        self.isMain = isMain
    }
}

/// The form that was sent last, and what was wrong with it.
struct RefusedForm: Sendable {
    let id: String
    let answers: SubmittedForm
    let errors: FormErrors

    init(_ id: String, _ answers: SubmittedForm, _ problem: Problem) {
        self.id = id
        self.answers = answers
        errors = FormErrors(problem)
    }

    static func answers(_ refused: RefusedForm?, of form: String) -> SubmittedForm? {
        refused?.id == form ? refused?.answers : nil
    }

    static func errors(_ refused: RefusedForm?, of form: String) -> FormErrors {
        refused?.id == form ? refused?.errors ?? FormErrors() : FormErrors()
    }
}
