package import Kernel
import Policy

/// One question of a form: label, control, hint, and what was wrong with the last answer.
package struct Field: Sendable {
    package struct Option: Sendable, Hashable {
        package let value: String
        package let label: Label
        package let hint: Message?
        package let isChosen: Bool
        package init(_ value: String, _ label: Label, hint: Message? = nil, isChosen: Bool = false) {
            self.value = value
            self.label = label
            self.hint = hint
            self.isChosen = isChosen
        }
    }

    package struct Input: Sendable {
        package let type: String
        package let value: String
        package let mode: String?
        package let autocomplete: String
    }

    package struct Area: Sendable {
        package let value: String
        package let rows: Int
    }

    package struct Select: Sendable {
        package let options: [Option]
    }

    package struct Choices: Sendable {
        /// `radio` or `checkbox`.
        package let type: String
        package let options: [Option]
    }

    package struct Tick: Sendable {
        package let isOn: Bool
    }

    package struct File: Sendable {
        package let accept: String
        /// Said by the browser before anything is sent; the server holds the limit all the same.
        package let limit: FileLimit?
        /// Several may be chosen at once.
        package let isMultiple: Bool
        /// The tick that says of every file of the form that it holds no secrets; asked for once, below the last file field.
        package var declaration: Declaration? = Declaration()
    }

    package struct Declaration: Sendable {
        package let name = UploadDeclaration.field
        package fileprivate(set) var id = "field-\(UploadDeclaration.field)"
        package fileprivate(set) var isNeeded = false
        package fileprivate(set) var fault: Message?
    }

    package struct FileLimit: Sendable {
        package let bytesMax: String
        package let sentence: Message
    }

    /// Asked only while another field of the form holds one of these values; without JavaScript, always.
    package struct Condition: Sendable {
        package let field: String
        package let values: String
    }

    package private(set) var id: String
    package let name: String
    package private(set) var condition: Condition?
    package let label: Message
    package private(set) var hint: Message?
    package private(set) var error: Message?
    package private(set) var isRequired: Bool
    package private(set) var unit: Message?
    package private(set) var input: Input?
    package private(set) var area: Area?
    package private(set) var select: Select?
    package private(set) var choices: Choices?
    package private(set) var tick: Tick?
    package private(set) var file: File?

    private init(_ name: String, _ label: Message) {
        self.name = name
        self.label = label
        id = "field-\(name)"
        isRequired = false
    }
}

// MARK: - Kinds

extension Field {
    package static func text(
        _ name: String, _ label: Message, value: String = "", type: String = "text", mode: String? = nil
    ) -> Field {
        var field = Field(name, label)
        field.input = Input(type: type, value: value, mode: mode, autocomplete: "off")
        return field
    }

    /// Shown as text with a numeric keyboard: browsers' number fields swallow what they do not understand.
    package static func number(_ name: String, _ label: Message, value: String = "", unit: Message? = nil)
        -> Field
    {
        var field = text(name, label, value: value, mode: "numeric")
        field.unit = unit
        return field
    }

    package static func date(_ name: String, _ label: Message, value: String = "") -> Field {
        text(name, label, value: value, type: "date")
    }

    package static func search(_ name: String, _ label: Message, value: String = "") -> Field {
        text(name, label, value: value, type: "search")
    }

    package static func area(_ name: String, _ label: Message, value: String = "", rows: Int = 4) -> Field {
        var field = Field(name, label)
        field.area = Area(value: value, rows: rows)
        return field
    }

    package static func select(_ name: String, _ label: Message, _ options: [Option]) -> Field {
        var field = Field(name, label)
        field.select = Select(options: options)
        return field
    }

    /// One of a few, all in sight.
    package static func radios(_ name: String, _ label: Message, _ options: [Option]) -> Field {
        var field = Field(name, label)
        field.choices = Choices(type: "radio", options: options)
        return field
    }

    /// Any of a few.
    package static func ticks(_ name: String, _ label: Message, _ options: [Option]) -> Field {
        var field = Field(name, label)
        field.choices = Choices(type: "checkbox", options: options)
        return field
    }

    package static func tick(_ name: String, _ label: Message, isOn: Bool = false) -> Field {
        var field = Field(name, label)
        field.tick = Tick(isOn: isOn)
        return field
    }

    /// For what brings files later, without a form: said once, of all of them.
    package static func declaration(isOn: Bool = false) -> Field {
        tick(UploadDeclaration.field, Message("web.unclassified-always"), isOn: isOn).required().hint(
            Message("web.unclassified-note"))
    }

    /// The form needs `enctype="multipart/form-data"` and a route with `body: .upload`.
    package static func file(
        _ name: String, _ label: Message, accept: String, bytesMax: Int? = nil
    ) -> Field {
        files(name, label, accept: accept, bytesMax: bytesMax, isMultiple: false)
    }

    /// As many as are chosen, each within the limit.
    package static func files(
        _ name: String, _ label: Message, accept: String, bytesMax: Int? = nil, isMultiple: Bool = true
    ) -> Field {
        var field = Field(name, label)
        field.file = File(
            accept: accept,
            limit: bytesMax.map {
                FileLimit(
                    bytesMax: String($0),
                    sentence: Message("web.body-too-large", ["bytesMax": Written.bytes($0)]))
            }, isMultiple: isMultiple)
        return field
    }

    /// On a page with several forms: the same name may stand in each of them.
    package func within(form: String) -> Field {
        with {
            $0.id = "field-\(form)-\($0.name)"
            $0.file?.declaration?.id = "field-\(form)-\(UploadDeclaration.field)"
        }
    }
    package func required() -> Field {
        with {
            $0.isRequired = true
            $0.file?.declaration?.isNeeded = true
        }
    }
    package func hint(_ hint: Message) -> Field { with { $0.hint = hint } }

    /// Asked only while that other field of the form holds one of the values, which have no white space in them.
    package func asked(when field: String, is values: [String]) -> Field {
        with { $0.condition = Condition(field: field, values: values.joined(separator: " ")) }
    }

    /// With what was wrong with it, if anything.
    package func checked(_ errors: FormErrors) -> Field {
        with {
            $0.error = errors[name]
            $0.file?.declaration?.fault = errors[UploadDeclaration.field]
        }
    }

    private func with(_ change: (inout Field) -> Void) -> Field {
        var field = self
        change(&field)
        return field
    }
}

/// What was wrong with a form, field by field; the same sentences stand beside the fields and in the summary.
package struct FormErrors: Sendable {
    package struct Item: Sendable, Hashable {
        package let href: String
        /// The field's own, once it is known which fields the form has.
        package let label: Message?
        package let message: Message
    }

    private var byField: [String: Message] = [:]
    package private(set) var items: [Item] = []
    /// About the form as a whole.
    package private(set) var general: Message?
    package private(set) var remedy: Message?

    package init() {}

    /// Of a refusal whose places are field names.
    package init(_ problem: Problem) {
        general = problem.message
        remedy = problem.remedy
        for place in problem.places { add(place.name, place.message) }
    }

    package mutating func add(_ field: String, _ message: Message) {
        if byField[field] == nil { byField[field] = message }
        items.append(Item(href: "#field-\(field)", label: nil, message: message))
    }

    package subscript(field: String) -> Message? { byField[field] }

    /// The same mistakes, pointing at fields that stand `within(form:)`.
    package func within(form: String) -> FormErrors {
        var errors = self
        let start = "#field-"
        errors.items = items.map { item in
            Item(
                href: "\(start)\(form)-\(item.href.dropFirst(start.count))", label: item.label,
                message: item.message)
        }
        return errors
    }
    package var isEmpty: Bool { items.isEmpty && general == nil }

    /// For the page's property, each sentence with its field's label; nil when there is nothing to say.
    package func summary(of fields: [Field]) -> FormErrors? {
        guard !isEmpty else { return nil }
        var labelled = self
        labelled.items = items.map { item in
            Item(
                href: item.href, label: fields.first { "#\($0.id)" == item.href }?.label,
                message: item.message)
        }
        return labelled
    }
}
