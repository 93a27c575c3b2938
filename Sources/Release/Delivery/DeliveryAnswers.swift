import Kernel
import Policy
import Web

/// What was typed about a delivery, as it was typed.
struct DeliveryAnswers {
    var format = ""
    var target = ""
    var days = Timing.Days.workingDays.rawValue
    var weekday = "1"
    var workingDay = "1"
    var time = "08:30"
    var skipsUnchanged = true
    var revision: Int?

    init() {}

    init(_ terms: Delivery.Terms) {
        format = terms.format.rawValue
        target = terms.target?.text ?? ""
        days = terms.timing?.days.rawValue ?? Delivery.whenNew
        weekday = String(terms.timing?.weekday ?? 1)
        workingDay = String(terms.timing?.workingDay ?? 1)
        time = terms.timing?.time ?? time
        skipsUnchanged = terms.skipsUnchanged
    }

    init(_ form: SubmittedForm) {
        format = form["format"]
        target = form["target"]
        days = form["days"]
        weekday = form.has("weekday") ? form["weekday"] : "1"
        workingDay = form.has("workingDay") && !form["workingDay"].isEmpty ? form["workingDay"] : "1"
        time = form["time"]
        skipsUnchanged = form.isOn("skip")
        revision = form.integer("revision")
    }

    init(_ json: JSON) throws(ReleaseError) {
        let known: Set = [
            "format", "target", "days", "time", "weekday", "workingDay", "skipsUnchanged", "revision",
        ]
        guard let members = json.object else { throw .bodyMalformed(member: "") }
        if let stranger = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: stranger)
        }
        func text(_ name: String, _ standard: String) throws(ReleaseError) -> String {
            guard let value = members[name], value != .null else { return standard }
            if let number = value.integer { return String(number) }
            guard let text = value.string else { throw .bodyMalformed(member: name) }
            return text
        }
        format = try text("format", "")
        target = try text("target", "")
        // On a page the choice of a target stands beside that of a file; a program that names one means it.
        guard target.isEmpty || format == DeliveryKind.push.rawValue else {
            throw .bodyMalformed(member: "target")
        }
        days = try text("days", "")
        time = try text("time", time)
        weekday = try text("weekday", "1")
        workingDay = try text("workingDay", "1")
        guard let skips = (members["skipsUnchanged"] ?? true).boolean else {
            throw .bodyMalformed(member: "skipsUnchanged")
        }
        skipsUnchanged = skips
        revision = members["revision"]?.integer.flatMap { Int(exactly: $0) }
    }

    /// The terms, or what cannot be read as such, field by field.
    func terms() throws(DeliveryError) -> Delivery.Terms {
        var places: [Problem.Place] = []
        func needed<Answer>(_ name: String, _ message: String, _ answer: Answer?) -> Answer? {
            if answer == nil { places.append(Problem.Place(name, Message(message))) }
            return answer
        }
        let kind = needed("format", "delivery.format-not-granted", DeliveryKind(rawValue: format))
        var place: PushTargetID?
        if kind == .push { place = needed("target", "delivery.target-needed", PushTargetID(target)) }
        var timing: Timing?
        if days != Delivery.whenNew {
            let days = needed("days", "delivery.answer-unreadable", Timing.Days(rawValue: days))
            let weekday = needed("weekday", "delivery.answer-unreadable", Int(weekday))
            let workingDay = needed("workingDay", "delivery.answer-unreadable", Int(workingDay))
            let minute = needed("time", "delivery.time-unreadable", Timing.minute(time))
            if let days, let weekday, let workingDay, let minute {
                timing = Timing(days, minute: minute, weekday: weekday, workingDay: workingDay)
            }
        }
        guard places.isEmpty, let kind else { throw .invalid(places) }
        return Delivery.Terms(
            format: kind, target: place, timing: timing, skipsUnchanged: skipsUnchanged)
    }
}
