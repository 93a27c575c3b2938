package import Kernel

/// What stands in a cell, a chip or a heading: a word in the page's language, data as it is, or a figure written for people.
package enum Label: Sendable, Hashable {
    case word(Message)
    /// Names, identifiers, text from the source: never converted.
    case data(String)
    case moment(Instant)
    case date(CalendarDate)
    case count(Int)
    case bytes(Int)
    /// `97.3 %`
    case share(Int, of: Int)
    case nothing

    /// A figure that was counted no further than `max`.
    package static func count(_ number: Int, max: Int) -> Label {
        number > max ? .word(Message("web.count-more", ["count": Written.count(max)])) : .count(number)
    }
}

extension Label: Showable {
    package func shown(as shown: Shown) -> Any {
        switch self {
        case .moment(let instant): shown.value(instant)
        case .date(let date): shown.value(date)
        default: text(in: shown.language, shown.words)
        }
    }

    package func text(in language: Language, _ words: Words) -> String {
        switch self {
        case .word(let message): words.written(message, in: language)
        case .data(let text): text
        case .moment(let instant): Written.moment(instant, in: language)
        case .date(let date): Written.date(date, in: language)
        case .count(let number): Written.count(number)
        case .bytes(let bytes): Written.bytes(bytes)
        case .share(let part, let whole): Written.share(part, of: whole)
        case .nothing: "—"
        }
    }

    var isMoment: Bool {
        switch self {
        case .moment, .date: true
        default: false
        }
    }

    var isFigure: Bool {
        switch self {
        case .count, .bytes, .share: true
        default: false
        }
    }
}

/// A state in a word, with a colour that only repeats it.
package struct Chip: Sendable, Hashable {
    package enum Tone: String, Sendable, Hashable, CaseIterable {
        case neutral, info, good, warn, bad
        /// Grades carry their letter and figure beside the colour.
        case l1, l2, l3, l4
    }

    package let label: Label
    package let tone: Tone

    package init(_ label: Label, _ tone: Tone = .neutral) {
        self.label = label
        self.tone = tone
    }

    package init(_ message: Message, _ tone: Tone = .neutral) { self.init(.word(message), tone) }

    /// `L1` … `L4`; anything else is shown as it is, neutral.
    package init(grade: String) { self.init(.data(grade), Tone(rawValue: grade.lowercased()) ?? .neutral) }
}

/// A link that starts or continues an act.
package struct Act: Sendable, Hashable {
    package let title: Message
    package let href: String
    package init(_ title: Message, _ href: String) {
        self.title = title
        self.href = href
    }
}

/// Nothing here yet: why, and what to do about it.
package struct EmptyState: Sendable, Hashable {
    package let sentence: Message
    package let act: Act?
    package init(_ sentence: Message, act: Act? = nil) {
        self.sentence = sentence
        self.act = act
    }
}
