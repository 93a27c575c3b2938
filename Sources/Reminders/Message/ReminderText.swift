package import Kernel

/// What a message says, in its receiver's language: kinds, units, days and links. A title only where the settings allow it.
package struct ReminderText: Sendable {
    /// Of one message; the others are counted.
    static let linesMax = 50

    let items: [WaitingItem]
    let cause: ReminderMessage.Cause
    let language: Language
    let today: CalendarDate
    let calendar: WorkingDayCalendar
    let frame: Frame

    /// What is the same in every message of a node.
    package struct Frame: Sendable {
        package let siteName: String
        /// `https://data.example.gov.cn`, without a slash at its end.
        package let siteAddress: String
        package let hasTitles: Bool
        package let text: @Sendable (Message, Language) -> String

        package init(
            siteName: String, siteAddress: String, hasTitles: Bool,
            text: @escaping @Sendable (Message, Language) -> String
        ) {
            self.siteName = siteName
            self.siteAddress = siteAddress
            self.hasTitles = hasTitles
            self.text = text
        }
    }

    private func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
        frame.text(Message(key, arguments), language)
    }

    var subject: String {
        switch cause {
        case .test: text("reminder.subject-test", ["site": frame.siteName])
        case .atOnce:
            text("reminder.subject", ["site": frame.siteName, "count": String(items.count)])
        case .digest:
            text("reminder.subject-digest", ["site": frame.siteName, "count": String(items.count)])
        }
    }

    var preferences: String { frame.siteAddress + ReminderLinks.own }

    /// Plain lines, `linesMax` of them about cases at most; `most` for places that take less.
    func lines(most: Int = linesMax, isChannel: Bool) -> [String] {
        guard cause != .test else { return [text("reminder.test-text"), frame.siteAddress] }
        var lines: [String] = []
        var left = most
        for occasion in Receiver.Occasion.allCases {
            let some = items.filter { $0.occasion == occasion }
            guard !some.isEmpty else { continue }
            lines += [
                text("reminder.heading.\(occasion.rawValue)", ["count": String(some.count)])
            ]
            for item in some.prefix(left) {
                lines += ["· " + line(item), "  " + frame.siteAddress + item.path]
            }
            left -= min(left, some.count)
        }
        if items.count > most { lines.append(text("reminder.more", ["count": String(items.count - most)])) }
        lines += ["", text("reminder.inbox-at", ["address": "\(frame.siteAddress)/inbox"])]
        if !isChannel { lines.append(text("reminder.preferences-at", ["address": preferences])) }
        return lines
    }

    /// One item, on one line whatever names hold.
    func line(_ item: WaitingItem) -> String {
        var parts = [text("reminder.line", ["what": frame.text(item.what, language), "unit": item.unit])]
        if frame.hasTitles, !item.title.isEmpty {
            parts.append(text("reminder.titled", ["title": item.title]))
        }
        if let due = item.due { parts.append(self.due(due)) }
        let whole = parts.dropFirst().reduce(parts[0]) { text("reminder.and", ["left": $0, "right": $1]) }
        return Self.flat(whole)
    }

    private func due(_ due: CalendarDate) -> String {
        let left = calendar.workingDays(after: today, through: due)
        let stage = due < today ? "overdue" : due == today ? "today" : "soon"
        let said = text("reminder.due.\(stage)", ["day": due.description, "count": String(left)])
        return calendar.isProvisional(due) ? text("reminder.provisional", ["said": said]) : said
    }

    /// Control characters, ends of line among them, become spaces.
    static func flat(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl =
                        scalar.value < 32 || (127...159).contains(scalar.value)
                        || [0x2028, 0x2029].contains(scalar.value)
                    return isControl ? " " : scalar
                }))
    }

    /// For a program: what people read, by its parts.
    func json(id: ReminderMessageID, at now: Instant, unit: String) -> JSON {
        let shown = items.prefix(Self.linesMax).map { item -> JSON in
            var members: [String: JSON] = [
                "occasion": .string(item.occasion.rawValue),
                "what": .string(frame.text(item.what, language)), "unit": .string(item.unit),
                "due": item.due.map { .string($0.description) } ?? .null,
                "href": .string(frame.siteAddress + item.path),
            ]
            if frame.hasTitles { members["title"] = .string(item.title) }
            return .object(members)
        }
        return [
            "id": .string(id.text), "at": .string(now.description), "cause": .string(cause.rawValue),
            "unit": .string(unit), "count": .integer(Int64(items.count)), "items": .array(Array(shown)),
        ]
    }
}

package enum ReminderLinks {
    package static let own = "/account/reminders"
    package static let channels = "/reminder-channels"
    static func channel(_ id: ReceiverID) -> String { "\(channels)/\(id)" }
}
