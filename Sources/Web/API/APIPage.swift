import HTTPTypes
package import Kernel
import Policy
import Synchronization

/// The API for people: what there is, who may call it, and a call to copy.
package struct APIPage: Page {
    package struct Group: Sendable {
        package let id: String
        package let title: Message
        package let operations: [Entry]
    }

    package struct Entry: Sendable {
        package let id: String
        package let method: String
        package let path: String
        package let summary: Message
        package let about: Message?
        package let guardedBy: Message
        package let call: String
        package let hasParameters: Bool
        package let parameters: [Line]
    }

    package struct Line: Sendable {
        package let name: String
        package let about: Message
    }

    package static let template = "web/api"
    package let title: Message
    package let head: Head
    package let groups: [Group]

    package init(_ routes: Routes) {
        title = Message("web.api")
        head = Head(.word(Message("web.api")), subtitle: .word(Message("web.api-about")))
        var order: [String] = []
        var entries: [String: [Entry]] = [:]
        for route in routes.all {
            guard let operation = route.operation else { continue }
            if entries[operation.group] == nil { order.append(operation.group) }
            entries[operation.group, default: []].append(Entry(route, operation))
        }
        groups = order.map { group in
            Group(id: group, title: Message("web.api-group-\(group)"), operations: entries[group] ?? [])
        }
    }

    package static let samples: [APIPage] = {
        var routes = Routes()
        routes.post(
            "/api/v1/things/:id", .action(.releaseRows), body: .json(),
            describing: Operation(
                "grants", Message("web.api"), about: Message("web.api-about"),
                query: [Operation.Parameter("after", .text, Message("web.api-after"))], takes: .object([]),
                sample: .object([:]), answers: [])
        ) { _ in throw Visit.notFound }
        return [APIPage(Routes()), APIPage(routes)]
    }()
}

extension APIPage.Entry {
    fileprivate init(_ route: Routes.Route, _ operation: Operation) {
        id = route.operationID
        method = route.method.rawValue
        path = route.template
        summary = operation.summary
        about = operation.about
        guardedBy =
            switch route.guardedBy {
            case .public: Message("web.api-for-everybody")
            case .signedIn: Message("web.api-for-accounts")
            default: Message("web.api-for-action", ["action": route.guardedBy.description])
            }
        call = Self.call(route, operation)
        parameters = operation.query.map { APIPage.Line(name: $0.name, about: $0.about) }
        hasParameters = !parameters.isEmpty
    }

    /// As a shell would run it; `$NODE`, `$TOKEN` and the ids are the caller's.
    private static func call(_ route: Routes.Route, _ operation: Operation) -> String {
        var lines = ["curl -sS"]
        if route.method != .get { lines[0] += " -X \(route.method.rawValue)" }
        if route.guardedBy != .public { lines.append("-H \"Authorization: Bearer $TOKEN\"") }
        if let sample = operation.sample, case .upload = route.body {
            lines += (sample.object ?? [:]).sorted { $0.key < $1.key }.map { name, value in
                "-F \(name)=\(value.string ?? value.canonical)"
            }
        } else if let sample = operation.sample {
            lines.append("-H \"Content-Type: application/json\"")
            lines.append("-d '\(sample.canonical)'")
        }
        for part in route.formParts { lines.append("-F '\(part.name)=\(part.sample)'") }
        let path = route.path.split(separator: "/").map { part in
            part.hasPrefix(":") ? "$\(part.dropFirst().uppercased())" : String(part)
        }
        let isFile = operation.answers.contains { if case .file = $0.content { true } else { false } }
        if isFile { lines.append("-OJ") }
        lines.append("\"$NODE/\(path.joined(separator: "/"))\"")
        return lines.joined(separator: " \\\n  ")
    }
}

extension Site {
    /// What describes the API: from the routes themselves.
    func apiRoutes(_ routes: inout Routes) {
        let served = routes
        let words = templates.words
        let documents = Mutex<[Language: JSON]>([:])
        routes.get("/openapi.json", .public) { visit in
            visit.json(
                documents.withLock { documents in
                    let document =
                        documents[visit.language]
                        ?? OpenAPIDocument(served, words: words, in: visit.language).json
                    documents[visit.language] = document
                    return document
                })
        }
        routes.get("/api", .public) { visit in try visit.page(APIPage(served)) }
    }
}
