import Foundation
import Kernel

/// A message as it goes over the wire (RFC 5322, RFC 2045, RFC 2047): plain text in UTF-8, Base64, lines ended by CR LF.
///
/// No value can end a header: control characters are gone before, whatever is not plain ASCII is encoded.
struct MailText: Sendable {
    static let bytesMax = 64 << 10

    let id: String
    let at: Instant
    let sender: MailAddress
    /// As mail programs show it; empty: the address alone.
    let senderName: String
    let recipient: MailAddress
    let subject: String
    let lines: [String]
    let language: Language
    /// Where whoever gets it says that they want it otherwise.
    let preferences: String

    var bytes: [UInt8] {
        let from = senderName.isEmpty ? sender.text : "\(Self.phrase(senderName))\r\n <\(sender.text)>"
        let headers = [
            "From: " + from, "To: <\(recipient.text)>", "Subject: " + Self.unstructured(subject),
            "Date: " + Self.date(at), "Message-ID: <\(id)@\(sender.domain)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Content-Language: \(language.rawValue)", "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <\(Self.plain(preferences))>",
        ]
        let body = lines.map(ReminderText.flat).joined(separator: "\r\n") + "\r\n"
        let coded = Data(body.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return Array((headers.joined(separator: "\r\n") + "\r\n\r\n" + coded + "\r\n").utf8)
    }

    // MARK: - Headers

    private static let encodedOctetsMax = 39
    private static let lineCharactersMax = 60

    /// As it is when it is short and plain; else encoded words, each of whole characters, on lines of their own.
    static func unstructured(_ text: String) -> String {
        let text = ReminderText.flat(text)
        let isPlain = text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
        if isPlain, text.utf8.count <= lineCharactersMax { return text }
        return encodedWords(text)
    }

    /// Before an address: what is more than letters, digits and spaces is encoded, so that nothing has to be quoted.
    static func phrase(_ text: String) -> String {
        let text = ReminderText.flat(text)
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 32
        }
        return isPlain && text.utf8.count <= lineCharactersMax ? text : encodedWords(text)
    }

    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var chunk: [UInt8] = []
        func close() {
            guard !chunk.isEmpty else { return }
            words.append("=?UTF-8?B?\(Data(chunk).base64EncodedString())?=")
            chunk = []
        }
        for scalar in text.unicodeScalars {
            let octets = Array(String(scalar).utf8)
            if chunk.count + octets.count > encodedOctetsMax { close() }
            chunk += octets
        }
        close()
        return words.joined(separator: "\r\n ")
    }

    /// Of an address that is ours: nothing but what a URL is made of.
    private static func plain(_ text: String) -> String {
        String(
            decoding: text.utf8.filter { (33...126).contains($0) && !"<>".utf8.contains($0) }, as: UTF8.self)
    }

    /// `Mon, 30 Nov 2026 09:00:00 +0800`
    static func date(_ instant: Instant) -> String {
        let day = instant.date()
        let seconds = Int((instant.microseconds - day.start.microseconds) / 1_000_000)
        let (year, month, number) = day.components
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let time = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map(two).joined(separator: ":")
        return "\(weekdays[day.weekday - 1]), \(two(number)) \(months[month - 1]) \(year) \(time) +0800"
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
