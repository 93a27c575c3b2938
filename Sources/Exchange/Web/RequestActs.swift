import Casework
import Identity
package import Kernel
import Policy
package import Web

/// The form of one act on a request.
package struct RequestActForm: Sendable {
    package let name: String
    package let title: Message
    /// What follows from it, where that is not plain from its name.
    package let consequence: Message?
    package let action: String
    package let revision: Int
    package let key: String
    package let fields: [Field]
    package let isDanger: Bool
    package let isOpen: Bool
    package let errors: FormErrors?
    /// Where changed terms are counted before they are offered.
    package let trialAction: String?
    /// What the form can be filled in with.
    package let template: Filling?

    package struct Filling: Sendable {
        package let action: String
        package let choice: Field
    }
}

/// What was sent and refused: its words stay in the fields.
struct RefusedAct {
    let name: String
    let form: SubmittedForm
    let problem: Problem
}

extension RequestActForm {
    private static let dangers: Set<String> = [
        "refuse", "withdraw", "decline-offer", "rule-refusal", "refuse-not-shared", "give-back", "concede",
        "decline-emergency", "decline-confirmation", "decline-confirmation-bureau",
    ]
    private static let consequences: Set<String> = [
        "submit", "grant-unconditional", "refuse-not-shared", "agree", "accept-offer", "withdraw", "concede",
        "ask-supplement", "extend", "dispute", "dispute-silence", "rule-grant", "rule-refusal", "give-back",
        "decline-offer", "refuse", "counter", "ask-emergency", "approve-orally", "decline-emergency",
        "submit-paperwork", "confirm", "decline-confirmation", "accept-delivery", "object-delivery", "mend",
        "misdirected", "pass-on", "return-to-provider",
        "ask-superior", "superior-replied",
    ]

    /// They sign the grant as it stands: not the next step where it cannot be signed.
    private static let signing: Set<String> = ["agree", "grant-unconditional", "accept-offer"]
    private static let chainActs: Set<String> = ["sign-off", "agree", "counter", "refuse"]
    private static let changesTerms: Set<String> = ["counter", "rule-grant"]

    /// The forms of what can be done, the one that carries the request on first; acts with a page of their own are left out.
    static func forms(
        _ acts: [String], _ request: SharingRequest, key: String, isSignable: Bool = true,
        refused: RefusedAct?, mayTry: Bool = false, tried: TriedTerms? = nil,
        templates: [TermsTemplate] = [], leaders: [Field.Option] = [],
        replies: [RegisteredReply] = []
    ) -> [RequestActForm] {
        let known = acts.filter { fields(of: $0, request, SubmittedForm(), leaders, replies) != nil }
        func place(_ act: String) -> Int {
            dangers.contains(act)
                ? 2 : act == "ask-emergency" || signing.contains(act) && !isSignable ? 1 : 0
        }
        let ordered = (0...2).flatMap { wanted in known.filter { place($0) == wanted } }
        return ordered.enumerated().compactMap { position, act in
            let typed = refused?.name == act ? refused : nil
            let isTried = tried?.act == act
            let form = typed?.form ?? (isTried ? tried?.form : nil) ?? SubmittedForm()
            guard let fields = fields(of: act, request, form, leaders, replies) else { return nil }
            let errors = typed.map { FormErrors($0.problem) } ?? FormErrors()
            let shown = fields.map { $0.within(form: act).checked(errors) }
            return RequestActForm(
                name: act, title: Message("\(request.file.kind).act.\(act)"),
                consequence: consequence(of: act, request),
                action: "/requests/\(request.id)/acts/\(act)", revision: request.file.revision,
                key: "\(key)-\(act)", fields: shown, isDanger: dangers.contains(act),
                isOpen: typed != nil || isTried
                    || (refused == nil && tried == nil && position == 0 && place(act) == 0),
                errors: errors.within(form: act).summary(of: shown),
                trialAction: mayTry && changesTerms.contains(act) ? TrialView.action(request) : nil,
                template: changesTerms.contains(act)
                    ? filling(act, request, templates, chosen: form["template"]) : nil)
        }
    }

    /// Before the last step of a chain the same act is an opinion, on which nothing follows but the next signature.
    private static func consequence(of act: String, _ request: SharingRequest) -> Message? {
        if let chain = request.file.chain, !chain.isLast, chainActs.contains(act) {
            return Message(
                "exchange.consequence.sign-step",
                ["number": "\(chain.step + 1)", "of": "\(chain.steps.count)"])
        }
        if act == "withdraw", request.emergency?.isInForce == true {
            return Message("exchange.consequence.withdraw-emergency")
        }
        let plain = act.hasSuffix("-bureau") ? String(act.dropLast("-bureau".count)) : act
        return consequences.contains(plain) ? Message("exchange.consequence.\(plain)") : nil
    }

    private static func filling(
        _ act: String, _ request: SharingRequest, _ templates: [TermsTemplate], chosen: String
    ) -> Filling? {
        guard !templates.isEmpty else { return nil }
        return Filling(
            action: "/requests/\(request.id)/fillings",
            choice: Field.select(
                "template", Message("exchange.template-choose"),
                templates.map {
                    Field.Option(
                        $0.id.text, .data($0.name), isChosen: $0.id.text == chosen)
                }
            ).within(form: act))
    }

    private static func fields(
        of act: String, _ request: SharingRequest, _ typed: SubmittedForm, _ leaders: [Field.Option],
        _ replies: [RegisteredReply]
    ) -> [Field]? {
        let comment = Field.area("comment", Message("exchange.comment"), value: typed["comment"], rows: 2)
        let basis = Field.text(
            "legalBasis", Message("exchange.refusal-basis"), value: typed["legalBasis"]
        ).required()
        let other = transferFields(act, request, typed) ?? superiorFields(act, typed, replies)
        if let other { return other }
        switch act {
        case "ask-emergency": return EmergencyForm.asking(typed)
        case "approve-orally", "approve-orally-bureau":
            return EmergencyForm.approval(typed, leaders: leaders) + offer(request, typed)
        case "submit-paperwork", "submit", "accept", "grant-unconditional", "accept-offer", "concede",
            "withdraw",
            "refuse-not-shared":
            return []
        case "sign-off", "agree", "sign-paperwork", "sign-paperwork-bureau", "accept-delivery":
            return [comment]
        case "object-delivery": return [faults(typed), comment.required()]
        case "confirm", "confirm-bureau", "decline-confirmation", "decline-confirmation-bureau",
            "decline-emergency", "send-paperwork-back":
            return [comment.required()]
        case "send-back", "give-back", "decline-offer", "dispute", "dispute-silence", "take-up", "mend":
            return [comment.required()]
        case "return-sign-off", "return-decision", "return-paperwork":
            return [earlierSteps(request.file, typed), comment.required()]
        case "refuse", "rule-refusal": return [basis, comment.required()]
        case "ask-supplement":
            let asked = Set(typed.all("fields"))
            return [
                Field.ticks(
                    "fields", Message("exchange.supplement-fields"),
                    RequestWish.fieldOrder.map {
                        Field.Option(
                            $0, .word(Message("exchange.field.\($0)")), isChosen: asked.contains($0))
                    }
                ).required(), comment.required(),
            ]
        case "extend":
            return [
                Field.number(
                    "days", Message("exchange.extend-days"), value: typed["days"],
                    unit: Message("exchange.unit-working-days")
                ).required(), comment.required(),
            ]
        case "counter", "rule-grant": return offer(request, typed) + [comment.required()]
        default: return nil
        }
    }

    static func offer(_ request: SharingRequest, _ typed: SubmittedForm) -> [Field] {
        let rows = typed.has("rows") ? typed["rows"] : request.wish.rows
        return request.wish.columns.enumerated().flatMap { position, column in
            OfferForm.fields(position, column, typed, asked: request.wish.treatments[column])
        } + [
            Field.area("rows", Message("exchange.rows"), value: rows, rows: 2).hint(
                Message("exchange.rows-hint")),
            Field.tick(
                "caseNumber", Message("exchange.case-number"), isOn: typed.isOn("caseNumber")
            ).hint(Message("exchange.case-number-hint")),
        ] + CircumstanceForm.fields(request.wish, typed)
    }
}

extension RequestActForm {
    private static func faults(_ typed: SubmittedForm) -> Field {
        let chosen = Set(typed.all("reasons"))
        return Field.ticks(
            "reasons", Message("exchange.delivery-faults"),
            DeliveryFault.allCases.map {
                Field.Option(
                    $0.rawValue, .word(Message("exchange.delivery-fault.\($0.rawValue)")),
                    isChosen: chosen.contains($0.rawValue))
            }
        ).required()
    }

    /// The steps before the one that the case is in.
    static func earlierSteps(_ file: Case, _ typed: SubmittedForm) -> Field {
        let steps = file.chain.map { $0.steps.prefix($0.step) } ?? []
        return Field.select(
            "step", Message("exchange.return-to"),
            steps.enumerated().map { position, step in
                Field.Option(
                    "\(position + 1)",
                    .word(
                        Message(
                            "exchange.return-option",
                            [
                                "number": "\(position + 1)",
                                "role": step.signatures.first?.role.rawValue ?? "",
                            ])), isChosen: typed["step"] == "\(position + 1)")
            }
        ).required()
    }
}

/// A counter-offer as the form says it: what was asked, with other rows and masks.
enum OfferForm {
    private static let masks: [(String, Mask)] = [
        ("keep-6-4", .keepEnds(first: 6, last: 4)), ("keep-3-4", .keepEnds(first: 3, last: 4)),
        ("surname", .surname), ("year-only", .yearOnly), ("year-month", .yearMonth),
        ("pseudonym", .pseudonym),
    ]

    /// Masks that need a figure or a text beside them.
    private static let measured: [Mask.Name] = [
        .truncate, .constant, .band, .step, .top, .bottom, .limits, .decimals, .county,
    ]

    /// Those that need no measure, by name.
    static let plain = Dictionary(masks, uniquingKeysWith: { first, _ in first })

    /// As a template names treatments.
    static let names = masks.map(\.0) + measured.map(\.rawValue) + ["leave-out"]

    static func knows(_ name: String) -> Bool { names.contains(name) }

    /// `asked` is what the applicant would have done with it.
    static func fields(
        _ position: Int, _ column: String, _ typed: SubmittedForm, asked: String? = nil
    ) -> [Field] {
        let names = [""] + names
        let chosen = typed.has("mask\(position)") ? typed["mask\(position)"] : asked ?? ""
        return [
            Field.select(
                "mask\(position)", Message("exchange.mask-of", ["column": column]),
                names.map { name in
                    Field.Option(
                        name, .word(Message("exchange.mask.\(name.isEmpty ? "none" : name)")),
                        isChosen: name == chosen)
                }),
            Field.text(
                "measure\(position)", Message("exchange.measure-of", ["column": column]),
                value: typed["measure\(position)"]
            ).hint(Message("exchange.measure-hint")).asked(
                when: "mask\(position)", is: measured.map(\.rawValue)),
        ]
    }

    /// `counties` are the divisions by their names of today, for an address whose form names none.
    static func clauses(
        _ form: SubmittedForm, _ wish: RequestWish, counties: [String]
    ) throws -> [Clause] {
        var offered = wish
        offered.rows = form["rows"]
        // Those of the form stand in their place.
        offered.treatments = [:]
        var chosen: [Clause] = []
        offered.columns = []
        for (position, column) in wish.columns.enumerated() {
            let name = form["mask\(position)"]
            if name == "leave-out" { continue }
            offered.columns.append(column)
            if let mask = try mask(name, measure: "measure\(position)", form, counties) {
                chosen.append(.mask(column: column, mask))
            }
        }
        if form.isOn("caseNumber") { chosen.append(.caseNumber) }
        return try CircumstanceForm.apply(form, to: offered.clauses() + chosen)
    }

    private static func mask(
        _ name: String, measure field: String, _ form: SubmittedForm, _ counties: [String]
    ) throws -> Mask? {
        if let mask = masks.first(where: { $0.0 == name })?.1 { return mask }
        guard let kind = measured.first(where: { $0.rawValue == name }) else { return nil }
        let text = form[field]
        let figure = Int64(text)
        let parts = text.split { $0 == "," || $0 == "，" || $0 == "、" || $0.isWhitespace }.map(String.init)
        let mask: Mask? =
            switch kind {
            case .constant: .constant(text)
            case .county: .county(parts.isEmpty ? counties : parts)
            case .top: figure.map { .limits(low: nil, high: $0) }
            case .bottom: figure.map { .limits(low: $0, high: nil) }
            case .limits:
                if parts.count == 2, let low = Int64(parts[0]), let high = Int64(parts[1]) {
                    .limits(low: low, high: high)
                } else {
                    nil
                }
            case .truncate: figure.map { .truncate(first: Int(clamping: $0)) }
            case .band: figure.map { .band(width: $0) }
            case .step: figure.map { .step($0) }
            default: figure.map { .decimals(Int(clamping: $0)) }
            }
        guard let mask, mask.brokenLimit == nil else {
            let wanted = mask?.brokenLimit
            throw Problem(
                .invalid, Message("exchange.measure-wrong"),
                places: [
                    Problem.Place(
                        field,
                        wanted.map { Message("exchange.measure-limit", ["limit": $0]) }
                            ?? Message("exchange.measure-number"))
                ])
        }
        return mask
    }
}
