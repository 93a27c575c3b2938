import Foundation
package import Kernel
import Mustache
import Synchronization

/// How a page's properties look in one language. An absent value is kept as absent, so that Mustache does not go looking for
/// a property of the same name further out.
package struct Shown: Sendable {
    package let words: Words
    package let language: Language

    package init(words: Words, language: Language) {
        self.words = words
        self.language = language
    }

    package func properties(of value: Any) -> ShownProperties {
        var properties: [String: Any] = [:]
        for child in Mirror(reflecting: value).children {
            if let label = child.label { properties[label] = self.value(child.value) }
        }
        return ShownProperties(named: properties)
    }

    package func value(_ value: Any) -> Any {
        switch ShownKind.of(value) {
        case .plain: value
        case .showable: (value as? any Showable)?.shown(as: self) ?? NSNull()
        case .optional: (value as? any PerhapsAbsent)?.present.map { self.value($0) } ?? NSNull()
        case .list: (value as? any Listed)?.elements.map { self.value($0) } ?? []
        case .properties: properties(of: value)
        case .described: String(describing: value)
        }
    }

    package func text(_ message: Message) -> String { words.written(message, in: language) }
}

/// What a struct has for a template, by the names of its stored properties. A type of our own, as Mustache asks of every value what it
/// is, again and again, which takes long for a dictionary of anything.
package struct ShownProperties: MustacheParent, MustacheCustomRepresentation, ShownPart {
    private var named: [String: Any]

    package init(named: [String: Any]) { self.named = named }

    package subscript(name: String) -> Any? {
        get { named[name] }
        set { named[name] = newValue }
    }

    package var representation: Any? { self }
    package func child(named name: String) -> Any? { named[name] }
    package func part(_ name: String) -> Any? { named[name] }
}

/// How values of a type are shown: found out once a type, since the questions by which it is found are dear and a page has thousands of
/// values of a few dozen types.
private enum ShownKind {
    case plain
    case showable
    case optional
    case list
    case properties
    case described

    private static let known = Mutex<[ObjectIdentifier: ShownKind]>([:])

    static func of(_ value: Any) -> ShownKind {
        let type = Swift.type(of: value)
        let name = ObjectIdentifier(type)
        if let kind = known.withLock({ $0[name] }) { return kind }
        let kind = found(of: type, value)
        known.withLock { $0[name] = kind }
        return kind
    }

    /// Asks types, not values: a value that is there passes for what it wraps, and its kind would be that of an absent one too.
    private static func found(of type: Any.Type, _ value: Any) -> ShownKind {
        if type is any PerhapsAbsent.Type { return .optional }
        if type == String.self || type == Bool.self || type == Int.self { return .plain }
        if type is any Showable.Type { return .showable }
        if type is any Listed.Type { return .list }
        return switch Mirror(reflecting: value).displayStyle {
        case .struct, .tuple, .class: .properties
        default: .described
        }
    }
}

private protocol PerhapsAbsent {
    var present: Any? { get }
}
extension Optional: PerhapsAbsent {
    fileprivate var present: Any? { self }
}

private protocol Listed {
    var elements: [Any] { get }
}
extension Array: Listed {
    fileprivate var elements: [Any] { self }
}

/// A value that a template can name and that is more than its stored properties.
package protocol Showable {
    func shown(as shown: Shown) -> Any
}

extension Message: Showable {
    package func shown(as shown: Shown) -> Any { shown.text(self) }
}
extension SafeHTML: Showable {
    package func shown(as shown: Shown) -> Any { ShownMarkup(markup: markup) }
}
extension ID: Showable {
    package func shown(as shown: Shown) -> Any { text }
}
extension Int64: Showable {
    package func shown(as shown: Shown) -> Any { Int(self) }
}
extension Language: Showable {
    package func shown(as shown: Shown) -> Any { rawValue }
}
extension Instant: Showable {
    package func shown(as shown: Shown) -> Any {
        ShownMoment(renderText: Written.moment(self, in: shown.language), iso: description)
    }
}
extension CalendarDate: Showable {
    package func shown(as shown: Shown) -> Any {
        ShownMoment(renderText: Written.date(self, in: shown.language), iso: description)
    }
}

/// A value that is text for people and has parts beside: `.iso` of a moment, for `<time datetime>`.
package protocol ShownPart {
    func part(_ name: String) -> Any?
}

private struct ShownMoment: MustacheCustomRenderable, MustacheParent, ShownPart {
    let renderText: String
    let iso: String
    var isNull: Bool { false }
    func part(_ name: String) -> Any? { name == "iso" ? iso : nil }
    func child(named name: String) -> Any? { part(name) }
}

package struct ShownMarkup: MustacheCustomRenderable {
    let markup: String
    package var renderText: String { markup }
    package var isNull: Bool { false }
}

/// Dates and figures as people write them.
package enum Written {
    private static let englishMonths = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `2026-11-25` in Chinese, where columns of dates must align; `25 Nov 2026` in English.
    package static func date(_ date: CalendarDate, in language: Language) -> String {
        let (year, month, day) = date.components
        return switch language {
        case .simplifiedChinese, .traditionalChinese: date.description
        case .english: "\(day) \(englishMonths[month - 1]) \(year)"
        }
    }

    /// To the minute, in China's civil time.
    package static func moment(_ instant: Instant, in language: Language) -> String {
        let day = Instant(microseconds: Int64(instant.date().daysSince1970) * 86_400_000_000)
        let local = instant + .seconds(CivilTime.chinaOffsetSeconds)
        let minutes = (local.microseconds - day.microseconds) / 60_000_000
        let clock = "\(padded(minutes / 60)):\(padded(minutes % 60))"
        return "\(date(instant.date(), in: language)) \(clock)"
    }

    /// Thousands apart: `1,234,567`.
    package static func count(_ number: Int) -> String { number.grouped }

    /// A number that counts in units of its last digit: 9_987 with two digits after the point is `99.87`.
    static func decimal(_ number: Int, digits: Int) -> String {
        guard digits > 0 else { return count(number) }
        var unit = 1
        for _ in 0..<digits { unit *= 10 }
        let rest = String(abs(number) % unit)
        let sign = number < 0 ? "-" : ""
        return sign + (abs(number) / unit).grouped + "." + String(repeating: "0", count: digits - rest.count)
            + rest
    }

    /// `1.5 MiB`: one decimal from a kibibyte on.
    package static func bytes(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var tenths = bytes * 10
        var unit = 0
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        while tenths >= 10_240, unit < units.count - 1 {
            tenths /= 1024
            unit += 1
        }
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }

    /// `97.3 %` of a whole, rounded down so that 100 % means all.
    package static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "—" }
        let tenths = Int((Double(part) / Double(whole) * 1000).rounded(.down))
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}

extension Words {
    /// As `text`, with the moments and days among the arguments as people write them.
    func written(_ message: Message, in language: Language) -> String {
        let arguments = message.arguments.mapValues { argument in
            if let moment = Instant(argument) { return Written.moment(moment, in: language) }
            guard let day = CalendarDate(argument) else { return argument }
            return Written.date(day, in: language)
        }
        return text(Message(message.key, arguments), in: language)
    }
}
