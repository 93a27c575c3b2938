import HTTPTypes
package import Kernel
import Policy

/// What a route of the API is for: said beside the route itself, and told in `/openapi.json` and on `/api`.
package struct Operation: Sendable {
    /// A part of the query string.
    package struct Parameter: Sendable {
        package let name: String
        package let shape: JSONShape
        package let about: Message

        package init(_ name: String, _ shape: JSONShape, _ about: Message) {
            self.name = name
            self.shape = shape
            self.about = about
        }
    }

    /// A part of a multipart body, as somebody would send it with curl.
    package struct FormPart: Sendable {
        package let name: String
        /// `@list.xlsx` for a file.
        package let sample: String
        package let about: Message
        package let isFile: Bool

        package init(_ name: String, _ sample: String, _ about: Message, isFile: Bool = false) {
            self.name = name
            self.sample = sample
            self.about = about
            self.isFile = isFile
        }
    }

    package enum Content: Sendable {
        case json(JSONShape)
        /// Bytes of one of these media types.
        case file([String])
        case none
    }

    package struct Answer: Sendable {
        package let status: Int
        package let about: Message
        package let content: Content

        package init(_ status: Int, _ about: Message, _ content: Content) {
            self.status = status
            self.about = about
            self.content = content
        }
    }

    /// Operations of one group stand together; a word of `web.api-group-<group>`.
    package let group: String
    package let summary: Message
    package let about: Message?
    package let query: [Parameter]
    package let takes: JSONShape?
    /// The parts of a multipart body, where the route takes files.
    package let form: [FormPart]
    /// A body as somebody would send it.
    package let sample: JSON?
    package let answers: [Answer]
    /// Beyond those that every route of its kind may answer.
    package let problems: [Problem.Kind]

    package init(
        _ group: String, _ summary: Message, about: Message? = nil, query: [Parameter] = [],
        takes: JSONShape? = nil, form: [FormPart] = [], sample: JSON? = nil, answers: [Answer],
        problems: [Problem.Kind] = []
    ) {
        self.group = group
        self.summary = summary
        self.about = about
        self.query = query
        self.takes = takes
        self.form = form
        self.sample = sample
        self.answers = answers
        self.problems = problems
    }
}

extension Routes.Route {
    /// Of a multipart body; where files are taken, first of all what whoever sends them says of them.
    var formParts: [Operation.FormPart] {
        guard case .upload = body, let operation else { return [] }
        return [
            Operation.FormPart(UploadDeclaration.field, "1", Message("web.unclassified-part"))
        ] + operation.form
    }

    /// `{id}` where the router writes `:id`.
    var template: String {
        path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
            .reduce("") { "\($0)/\($1)" }
    }

    /// Of its body.
    var mediaType: String {
        if case .upload = body { "multipart/form-data" } else { "application/json" }
    }

    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
    }

    /// Also the anchor on `/api`.
    var operationID: String {
        let words = path.split(separator: "/").dropFirst(2).map { $0.hasPrefix(":") ? "one" : String($0) }
        return ([method.rawValue.lowercased()] + words).joined(separator: "-")
    }

    /// Every kind of problem that the route may answer.
    var problems: [Problem.Kind] {
        var kinds: Set<Problem.Kind> = [.unavailable, .internalFault]
        kinds.formUnion(operation?.problems ?? [])
        if guardedBy != .public { kinds.formUnion([.unauthenticated, .forbidden]) }
        if !pathParameters.isEmpty { kinds.insert(.notFound) }
        if body != .none { kinds.formUnion([.invalid, .tooLarge]) }
        return Problem.Kind.allCases.filter(kinds.contains)
    }
}
