import Curl
import Reminders

@testable import Server

extension `Every setting` {
    /// Mail is set up when all of it is: each setting changes what the others have made.
    static let reminderEffects: [String: Effect] = {
        typealias Look = @Sendable (ReminderDesk.Rules) throws -> String
        func rule(_ value: String, _ seen: String, _ look: @escaping Look) -> Effect {
            Effect(value, seen) { place in try look(place.node.reminders.rules) }
        }
        return [
            "reminder.mail-host": rule("mail.example.gov.cn", "mail.example.gov.cn") { $0.mail?.host ?? "" },
            "reminder.mail-port": rule("2525", "2525") { String($0.mail?.port ?? 0) },
            "reminder.mail-security": rule("tls", "tls") { $0.mail?.security.rawValue ?? "" },
            "reminder.mail-authorities-file": rule("/ca.pem", "/ca.pem") { $0.mail?.authoritiesFile ?? "" },
            "reminder.mail-sender": rule("a@example.gov.cn", "a@example.gov.cn") {
                $0.mail?.sender.text ?? ""
            },
            "reminder.mail-user": rule("node", "node") { $0.mail?.user ?? "" },
            "reminder.mail-password": Effect("secret-42", "secret-42 ••••") { place in
                place.node.settings.text(.mailPassword) + " " + place.node.settings.shown(.mailPassword)
            },
            // It wins over the other, and cannot be read.
            "reminder.mail-password-file": rule("/nowhere/password", "unread") { rules in
                rules.mail.map { (try? $0.password()) ?? "unread" } ?? ""
            },
            "reminder.webhook-hosts": rule("a.cn:443", "a.cn:443") { $0.webhooks.hosts.joined() },
            "reminder.webhook-authorities-file": rule("/ca.pem", "/ca.pem") { $0.webhooks.authoritiesFile },
            "reminder.quiet-hours": rule("21:00-08:00", "21:00-08:00") { $0.quiet?.text ?? "" },
            "reminder.quiet-days-off": rule("off", "false") { String($0.restsOnDaysOff) },
            "reminder.titles": rule("on", "true") { String($0.frame.hasTitles) },
            "reminder.keep-days": rule("30", "30") { String($0.keepDays) },
            "reminder.messages-per-hour-max": rule("3", "3") { String($0.messagesPerHourMax) },
            "reminder.give-up-hours": rule("5", "5") { String($0.giveUpHours) },
            "reminder.seconds-max": rule("7", "7") { String($0.webhooks.secondsMax) },
        ]
    }()
}
