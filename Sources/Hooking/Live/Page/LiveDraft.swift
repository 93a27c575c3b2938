import Kernel
import Lake
import Policy
import Web

/// A service as somebody typed it, and the key to look at it with; without the secret.
struct LiveDraft: Sendable {
    /// Names of the form's fields; those of a file's reading would else be mixed up with them.
    static let prefix = "live-"

    enum Credential: String, CaseIterable, Sendable { case none, header, basic }

    var base = ""
    var method = LiveSource.Method.get
    /// A line each: `query id = @身份证号`, `header X-App = 1`.
    var parameters = ""
    var credential = Credential.none
    /// The header, or the user.
    var credentialName = ""
    /// What stands before the secret, such as `Bearer`.
    var credentialPrefix = ""
    var records = ""
    var successPlace = ""
    var successValue = ""
    var isAbsentBy404 = false
    var answerBytesMax = String(LiveSource.Limits().answerBytesMax)
    var recordsMax = String(LiveSource.Limits().recordsMax)
    var secondsMax = String(LiveSource.Limits().secondsMax)
    var callsMax = String(LiveSource.Limits().callsMax)
    var sample = ""

    init() {}

    init(_ form: SubmittedForm) {
        func value(_ name: String) -> String { form[Self.prefix + name] }
        base = value("base")
        method = LiveSource.Method(rawValue: value("method")) ?? .get
        parameters = value("parameters").replacing("\r", with: "")
        credential = Credential(rawValue: value("credential")) ?? .none
        credentialName = value("credentialName")
        credentialPrefix = value("credentialPrefix")
        records = value("records")
        successPlace = value("success")
        successValue = value("successValue")
        isAbsentBy404 = form.isOn(Self.prefix + "absent")
        answerBytesMax = value("answerBytesMax")
        recordsMax = value("recordsMax")
        secondsMax = value("secondsMax")
        callsMax = value("callsMax")
        sample = value("sample")
    }

    /// As it was confirmed; the sample was kept nowhere.
    init(_ source: LiveSource) {
        base = source.base
        method = source.method
        parameters = source.parameters.map(\.line).joined(separator: "\n")
        switch source.credential {
        case .none: credential = .none
        case .header(let name, let prefix):
            credential = .header
            credentialName = name
            credentialPrefix = prefix
        case .basic(let user):
            credential = .basic
            credentialName = user
        }
        records = source.records
        successPlace = source.success?.place ?? ""
        successValue = source.success?.value ?? ""
        isAbsentBy404 = source.isAbsentBy404
        answerBytesMax = String(source.limits.answerBytesMax)
        recordsMax = String(source.limits.recordsMax)
        secondsMax = String(source.limits.secondsMax)
        callsMax = String(source.limits.callsMax)
    }

    var source: LiveSource {
        var limits = LiveSource.Limits()
        // What is no number is out of every range, and told so.
        limits.answerBytesMax = Int(answerBytesMax) ?? -1
        limits.recordsMax = Int(recordsMax) ?? -1
        limits.secondsMax = Int(secondsMax) ?? -1
        limits.callsMax = Int(callsMax) ?? -1
        let shown: LiveSource.Credential =
            switch credential {
            case .none: .none
            case .header:
                .header(
                    name: credentialName, prefix: credentialPrefix.isEmpty ? "" : credentialPrefix + " ")
            case .basic: .basic(user: credentialName)
            }
        return LiveSource(
            base: base, method: method, parameters: lines.compactMap { LiveSource.Parameter(line: $0) },
            credential: shown,
            records: records,
            success: successPlace.isEmpty && successValue.isEmpty
                ? nil : .init(place: successPlace, value: successValue),
            isAbsentBy404: isAbsentBy404, limits: limits)
    }

    private var lines: [String] {
        parameters.split(separator: "\n").map(String.init).filter { $0.contains { !$0.isWhitespace } }
    }

    /// What is wrong, field by field.
    func faults(hosts: [String]) -> FormErrors {
        var errors = FormErrors()
        for line in lines where LiveSource.Parameter(line: line) == nil {
            errors.add(Self.prefix + "parameters", Message("hooking.live.line-malformed", ["line": line]))
        }
        for place in source.faults(hosts: hosts) { errors.add(Self.prefix + place.name, place.message) }
        if sample.isEmpty { errors.add(Self.prefix + "sample", Message("web.field-needed")) }
        return errors
    }
}

extension LiveDraft {
    /// As the next form carries it on.
    var carried: [Table.Pair] {
        [
            ("base", base), ("method", method.rawValue), ("parameters", parameters),
            ("credential", credential.rawValue), ("credentialName", credentialName),
            ("credentialPrefix", credentialPrefix), ("records", records), ("success", successPlace),
            ("successValue", successValue), ("absent", isAbsentBy404 ? "1" : "0"),
            ("answerBytesMax", answerBytesMax), ("recordsMax", recordsMax), ("secondsMax", secondsMax),
            ("callsMax", callsMax), ("sample", sample),
        ].map { Table.Pair(Self.prefix + $0.0, $0.1) }
    }

    func fields(hasSecret: Bool, _ errors: FormErrors) -> [Field] {
        func text(_ name: String, _ value: String, hint: String? = nil) -> Field {
            let field = Field.text(Self.prefix + name, Message("hooking.live.\(name)"), value: value)
            return hint.map { field.hint(Message("hooking.live.\($0)")) } ?? field
        }
        func number(_ name: String, _ value: String, unit: String) -> Field {
            Field.number(
                Self.prefix + name, Message("hooking.live.\(name)"), value: value,
                unit: Message("hooking.live.unit.\(unit)"))
        }
        let named = [Credential.header.rawValue, Credential.basic.rawValue]
        let credentialField = Self.prefix + "credential"
        let call: [Field] = [
            text("base", base, hint: "base-hint").required(),
            .select(
                Self.prefix + "method", Message("hooking.live.method"),
                LiveSource.Method.allCases.map {
                    Field.Option($0.rawValue, .data($0.rawValue), isChosen: $0 == method)
                }),
            Field.area(Self.prefix + "parameters", Message("hooking.live.parameters"), value: parameters)
                .required().hint(Message("hooking.live.parameters-hint")),
            .select(
                credentialField, Message("hooking.live.credential"),
                Credential.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("hooking.live.credential.\($0.rawValue)")),
                        isChosen: $0 == credential)
                }),
            text("credentialName", credentialName).asked(when: credentialField, is: named),
            text("credentialPrefix", credentialPrefix, hint: "credentialPrefix-hint")
                .asked(when: credentialField, is: [Credential.header.rawValue]),
            Field.text("password", Message("hooking.live.secret"), type: "password").within(form: "live")
                .hint(Message(hasSecret ? "hooking.live.secret-kept" : "hooking.live.secret-hint"))
                .asked(when: credentialField, is: named),
        ]
        let answer: [Field] = [
            text("records", records, hint: "records-hint"),
            text("success", successPlace, hint: "success-hint"),
            text("successValue", successValue),
            .tick(Self.prefix + "absent", Message("hooking.live.absent"), isOn: isAbsentBy404),
            number("secondsMax", secondsMax, unit: "seconds"), number("callsMax", callsMax, unit: "calls"),
            number("recordsMax", recordsMax, unit: "records"),
            number("answerBytesMax", answerBytesMax, unit: "bytes"),
            text("sample", sample, hint: "sample-hint").required(),
        ]
        return (call + answer).map { $0.checked(errors) }
    }
}
