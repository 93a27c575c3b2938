package import HTTPTypes
package import Hummingbird
package import Policy

/// Every route of the program, each with its guard. A domain adds its own: `func catalogueRoutes(_ routes: inout Routes)`.
package struct Routes: Sendable {
    package typealias Handler = @Sendable (Visit) async throws -> Response

    /// How a request's body is read before the handler runs, and how much of it.
    package enum Body: Sendable, Hashable {
        case none
        case form(bytesMax: Int = 1 << 20)
        /// Files go to disk as they arrive, and are looked at for marks of secrecy before the handler sees them.
        case upload(bytesMax: Int, door: UploadDoor)
        case json(bytesMax: Int = 1 << 20)
    }

    package struct Route: Sendable {
        package let method: HTTPRequest.Method
        /// Hummingbird's: `/catalogue/:id`.
        package let path: String
        package let guardedBy: RouteGuard
        package let body: Body
        /// Of a route of the API: what it is for.
        package let operation: Operation?
        let handler: Handler
    }

    package private(set) var all: [Route] = []

    package init() {}

    package mutating func get(
        _ path: String, _ guardedBy: RouteGuard, describing operation: Operation? = nil,
        _ handler: @escaping Handler
    ) {
        add(.get, path, guardedBy, .none, operation, handler)
    }

    /// Cookie sessions must carry the form's proof; tokens need none.
    package mutating func post(
        _ path: String, _ guardedBy: RouteGuard, body: Body = .form(), describing operation: Operation? = nil,
        _ handler: @escaping Handler
    ) {
        add(.post, path, guardedBy, body, operation, handler)
    }

    package mutating func put(
        _ path: String, _ guardedBy: RouteGuard, body: Body = .json(), describing operation: Operation? = nil,
        _ handler: @escaping Handler
    ) {
        add(.put, path, guardedBy, body, operation, handler)
    }

    package mutating func delete(
        _ path: String, _ guardedBy: RouteGuard, describing operation: Operation? = nil,
        _ handler: @escaping Handler
    ) {
        add(.delete, path, guardedBy, .none, operation, handler)
    }

    /// One line a route, sorted by path: for the golden route table.
    package var table: String {
        all.map { route in
            let method =
                route.method.rawValue + String(repeating: " ", count: 7 - route.method.rawValue.count)
            return (route.path, "\(method)\(route.path)  \(route.guardedBy.description)")
        }
        .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        .map { $0.1 + "\n" }.joined()
    }

    private mutating func add(
        _ method: HTTPRequest.Method, _ path: String, _ guardedBy: RouteGuard, _ body: Body,
        _ operation: Operation?, _ handler: @escaping Handler
    ) {
        all.append(
            Route(
                method: method, path: path, guardedBy: guardedBy, body: body, operation: operation,
                handler: handler))
    }
}
