import Casework
package import Kernel
package import Policy

/// The letter by which a provider asked the department above.
package struct SuperiorQuestion: Sendable, Hashable {
    /// 文号 of the letter that went out.
    package var letter: String
    /// The department that was asked.
    package var superior: String
    package var sentOn: CalendarDate

    package init(letter: String, superior: String, sentOn: CalendarDate) {
        self.letter = letter
        self.superior = superior
        self.sentOn = sentOn
    }

    package static let charactersMax = 100

    var json: JSON {
        [
            "letter": .string(letter), "superior": .string(superior),
            "sentOn": .string(sentOn.description),
        ]
    }

    package init?(_ json: JSON) {
        guard let letter = json["letter"]?.string, let superior = json["superior"]?.string,
            let sentOn = json["sentOn"]?.string.flatMap({ CalendarDate($0) })
        else { return nil }
        self.init(letter: letter, superior: superior, sentOn: sentOn)
    }
}

/// What the department above answered, by a letter that is registered with its scan.
package struct SuperiorReply: Sendable, Hashable {
    package var consent: SuperiorConsent
    /// Or a refusal.
    package var isConsent: Bool

    package init(_ consent: SuperiorConsent, isConsent: Bool) {
        self.consent = consent
        self.isConsent = isConsent
    }

    var json: JSON {
        [
            "number": .string(consent.number), "issuer": .string(consent.issuer),
            "date": .string(consent.on.description), "digest": .string(consent.digest),
            "outcome": isConsent ? "consent" : "refusal",
        ]
    }

    package init?(_ json: JSON) {
        guard let number = json["number"]?.string, let issuer = json["issuer"]?.string,
            let on = json["date"]?.string.flatMap({ CalendarDate($0) }),
            let digest = json["digest"]?.string
        else { return nil }
        self.init(
            SuperiorConsent(number: number, issuer: issuer, on: on, digest: digest),
            isConsent: json["outcome"]?.string == "consent")
    }
}

extension SharingRequest {
    package var superiorQuestion: SuperiorQuestion? {
        file.history.last { $0.act == "ask-superior" }.flatMap { SuperiorQuestion($0.content) }
    }

    package var superiorReply: SuperiorReply? {
        file.history.last { $0.act.hasPrefix("superior-replied") }.flatMap { SuperiorReply($0.content) }
    }

    /// What is signed beside the clauses; nil where nobody above was asked, or they have not agreed.
    var superiorConsent: SuperiorConsent? {
        superiorReply.flatMap { $0.isConsent ? $0.consent : nil }
    }
}

extension RequestAct {
    /// The day from which the time to answer waits.
    var pausedFrom: CalendarDate? {
        if case .askSuperior(let question) = self { question.sentOn } else { nil }
    }
}
