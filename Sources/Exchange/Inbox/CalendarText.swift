import Kernel

/// iCalendar (RFC 5545): days, no times; lines end in CRLF and are folded at 75 octets, never within a character.
struct CalendarText {
    struct Event {
        /// The same for as long as what it is about is the same.
        let uid: String
        let day: CalendarDate
        let changedAt: Instant
        let summary: String
    }

    static let mediaType = "text/calendar; charset=utf-8"
    static let lineOctetsMax = 75
    /// How often a calendar should ask again.
    static let refreshHours = 6

    let name: String
    let events: [Event]

    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Headwaters//deadlines//ZH", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:" + Self.escaped(name),
            "REFRESH-INTERVAL;VALUE=DURATION:PT\(Self.refreshHours)H",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:" + Self.escaped(event.uid), "DTSTAMP:" + Self.stamp(event.changedAt),
                "DTSTART;VALUE=DATE:" + Self.digits(event.day),
                "DTEND;VALUE=DATE:" + Self.digits(event.day.adding(days: 1)),
                "SUMMARY:" + Self.escaped(event.summary), "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// RFC 5545 §3.3.11.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": out += "\\\(scalar)"
            case "\n": out += "\\n"
            // No control character has a place in a text.
            case _ where scalar.value < 32 || scalar.value == 127: continue
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// RFC 5545 §3.1.
    static func folded(_ line: String) -> String {
        var out = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if octets + width > lineOctetsMax {
                out += "\r\n "
                octets = 1
            }
            out.unicodeScalars.append(scalar)
            octets += width
        }
        return out
    }

    private static func digits(_ day: CalendarDate) -> String { day.description.filter { $0 != "-" } }

    /// `20261130T063000Z`
    private static func stamp(_ instant: Instant) -> String {
        String(instant.description.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }
}
