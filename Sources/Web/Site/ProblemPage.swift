package import Kernel

/// Something went wrong, was refused or is not there: what it was, where, and what the reader can do now.
package struct ProblemPage: Page {
    package struct Place: Sendable {
        package let name: String
        package let message: Message
    }

    package static let template = "web/problem"
    package let title: Message
    package let status: Int
    package let sentence: Message
    package let remedy: Message?
    package let hasPlaces: Bool
    package let places: [Place]
    /// For the report to whoever runs the node; the same number is in the log.
    package let number: String?
    package let isForbidden: Bool
    package let isSignedIn: Bool

    package init(_ problem: Problem, number: String?, isSignedIn: Bool) {
        title = problem.kind.title
        status = problem.kind.status
        sentence = problem.message
        remedy = problem.remedy
        hasPlaces = !problem.places.isEmpty
        places = problem.places.map { Place(name: $0.name, message: $0.message) }
        self.number = number
        isForbidden = problem.kind == .forbidden
        self.isSignedIn = isSignedIn
    }

    package static let samples = [
        ProblemPage(Visit.notFound, number: nil, isSignedIn: false),
        ProblemPage(
            Problem(.forbidden, Message("web.forbidden"), remedy: Message("web.forbidden-remedy")),
            number: nil,
            isSignedIn: true),
        ProblemPage(
            Problem(
                .invalid, Message("web.form-malformed"), places: [.init("file", Message("web.form-not-utf8"))]
            ),
            number: nil, isSignedIn: true),
        ProblemPage(Problem(.internalFault, Message("web.fault")), number: "9f3a7c20b1d4", isSignedIn: false),
    ]
}
