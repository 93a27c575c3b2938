import HTTPTypes
package import Kernel

/// OpenAPI 3.1, made from the same routes that are served: what is not described beside its route is not in it, and a test
/// demands that every route under `/api/v1` is.
package struct OpenAPIDocument: Sendable {
    package let json: JSON

    package init(_ routes: Routes, words: Words, in language: Language) {
        func text(_ message: Message) -> String { words.text(message, in: language) }
        var schemas: [String: JSON] = [:]
        let problem = JSONShape.problem.schema(text, named: &schemas)
        var paths: [String: [String: JSON]] = [:]
        for route in routes.all {
            guard let operation = route.operation else { continue }
            paths[route.template, default: [:]][route.method.rawValue.lowercased()] = Self.operation(
                operation, route, problem, text, &schemas)
        }
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": .string(text(Message("web.product"))), "version": "1",
                "description": .string(text(Message("web.api-about"))),
            ],
            "paths": .object(paths.mapValues(JSON.object)),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": .string(text(Message("web.api-token"))),
                    ]
                ],
            ],
        ]
    }

    private static func multipart(_ parts: [Operation.FormPart], _ text: (Message) -> String) -> JSON {
        let properties = parts.map { part -> (String, JSON) in
            var property: [String: JSON] = ["type": "string", "description": .string(text(part.about))]
            if part.isFile { property["contentMediaType"] = "application/octet-stream" }
            return (part.name, .object(property))
        }
        return [
            "required": true,
            "content": [
                "multipart/form-data": [
                    "schema": [
                        "type": "object",
                        "properties": .object(
                            Dictionary(properties, uniquingKeysWith: { first, _ in first })),
                    ]
                ]
            ],
        ]
    }

    private static func operation(
        _ operation: Operation, _ route: Routes.Route, _ problem: JSON, _ text: (Message) -> String,
        _ schemas: inout [String: JSON]
    ) -> JSON {
        var members: [String: JSON] = [
            "operationId": .string(route.operationID),
            "tags": [.string(text(Message("web.api-group-\(operation.group)")))],
            "summary": .string(text(operation.summary)),
            "security": route.guardedBy == .public ? [] : [["token": []]],
            // Which act the caller's post and token must allow.
            "x-guard": .string(route.guardedBy.description),
        ]
        if let about = operation.about { members["description"] = .string(text(about)) }
        let path = route.pathParameters.map { name -> JSON in
            ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
        }
        let query = operation.query.map { parameter -> JSON in
            [
                "name": .string(parameter.name), "in": "query", "required": false,
                "description": .string(text(parameter.about)),
                "schema": parameter.shape.schema(text, named: &schemas),
            ]
        }
        members["parameters"] = .array(path + query)
        if let takes = operation.takes {
            var media: [String: JSON] = ["schema": takes.schema(text, named: &schemas)]
            if let sample = operation.sample { media["example"] = sample }
            members["requestBody"] = [
                "required": true, "content": [route.mediaType: .object(media)],
            ]
        }
        if !route.formParts.isEmpty { members["requestBody"] = multipart(route.formParts, text) }
        var responses: [String: JSON] = [:]
        for answer in operation.answers {
            var response: [String: JSON] = ["description": .string(text(answer.about))]
            switch answer.content {
            case .json(let shape):
                response["content"] = ["application/json": ["schema": shape.schema(text, named: &schemas)]]
            case .file(let types):
                response["content"] = .object(
                    Dictionary(types.map { ($0, JSON.object([:])) }, uniquingKeysWith: { first, _ in first }))
            case .none: break
            }
            responses[String(answer.status)] = .object(response)
        }
        for kind in route.problems {
            responses[String(kind.status)] = [
                "description": .string(text(kind.title)),
                "content": ["application/problem+json": ["schema": problem]],
            ]
        }
        members["responses"] = .object(responses)
        return .object(members)
    }
}

extension JSONShape {
    /// RFC 9457, as `Problem.document` writes it.
    static let problem = JSONShape.named(
        "Problem",
        .object([
            .needed("type", .text, Message("web.api-problem-type")),
            .needed("title", .text), .needed("status", .integer), .needed("detail", .text),
            .needed("code", .text, Message("web.api-problem-code")),
            .optional("instance", .text), .optional("remedy", .text, Message("web.api-problem-remedy")),
            .optional("trace", .text, Message("web.api-problem-trace")),
            .optional(
                "errors",
                .array(.object([.needed("name", .text), .needed("code", .text), .needed("detail", .text)]))),
        ]))
}
