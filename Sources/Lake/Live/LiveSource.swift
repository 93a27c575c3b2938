package import Kernel
package import Policy

/// Another's HTTP service that answers what is known of one key, as JSON: a source that is asked for each call and never copied.
///
/// Its credential is never part of it: that travels beside it, once, to the call that is made.
package struct LiveSource: Hashable, Sendable, Codable {
    package enum Method: String, Hashable, Sendable, Codable, CaseIterable { case get = "GET", post = "POST" }

    /// Where in the call something is put, each with its own encoding.
    package enum Place: String, Hashable, Sendable, Codable, CaseIterable {
        case query
        /// In place of `{name}`, which is a whole segment of the path.
        case path
        /// A member of the JSON object that is posted; dots lead into objects, `query.id`.
        case body
        /// Constants only.
        case header
    }

    package enum Filling: Hashable, Sendable, Codable {
        /// The key that is asked for, when it is one of this column.
        case key(column: String, type: ColumnType)
        /// The same in every call.
        case constant(String)
    }

    package struct Parameter: Hashable, Sendable, Codable {
        package var name: String
        package var place: Place
        package var filling: Filling

        package init(_ name: String, in place: Place, _ filling: Filling) {
            self.name = name
            self.place = place
            self.filling = filling
        }
    }

    /// How the secret is shown to the service.
    package enum Credential: Hashable, Sendable, Codable {
        case none
        /// As the value of this header, `X-Api-Key`, behind `prefix`, `Bearer `.
        case header(name: String, prefix: String)
        /// RFC 7617; the secret is the password.
        case basic(user: String)
    }

    /// What the service must say of itself before its records are believed: `{"code": 200, …}`.
    package struct Success: Hashable, Sendable, Codable {
        /// JSON pointer.
        package var place: String
        package var value: String

        package init(place: String, value: String) {
            self.place = place
            self.value = value
        }
    }

    package struct Limits: Hashable, Sendable, Codable {
        package var answerBytesMax = 262_144
        /// For one key.
        package var recordsMax = 100
        package var secondsMax = 5
        /// At once.
        package var callsMax = 8

        package init() {}

        package static let answerBytes = 1_024...8_388_608
        package static let records = 1...1_000
        package static let seconds = 1...60
        package static let calls = 1...64
    }

    /// `https://host:port/path/{id}`; no query, no user.
    package var base: String
    package var method: Method
    package var parameters: [Parameter]
    package var credential: Credential
    /// JSON pointer to the record or the list of records; empty: the whole answer is.
    package var records: String
    package var success: Success?
    /// Status 404 says that there is no such key; else it is a fault.
    package var isAbsentBy404: Bool
    package var limits: Limits

    package init(
        base: String, method: Method = .get, parameters: [Parameter], credential: Credential = .none,
        records: String = "", success: Success? = nil, isAbsentBy404: Bool = false, limits: Limits = Limits()
    ) {
        self.base = base
        self.method = method
        self.parameters = parameters
        self.credential = credential
        self.records = records
        self.success = success
        self.isAbsentBy404 = isAbsentBy404
        self.limits = limits
    }

    /// Columns by which it can be asked, in the order of the parameters.
    package var keys: [Column] {
        parameters.compactMap {
            if case .key(let column, let type) = $0.filling { Column(column, type) } else { nil }
        }
    }

    package func key(_ column: String) -> Column? {
        keys.first { $0.name.utf8.elementsEqual(column.utf8) }
    }

    /// Nil when `base` is no address that can be asked.
    package var address: ServiceAddress? { ServiceAddress(base) }

    /// The parts of a JSON pointer (RFC 6901), unescaped; nil for what is none.
    package static func parts(of pointer: String) -> [String]? {
        guard !pointer.isEmpty else { return [] }
        guard pointer.hasPrefix("/"), pointer.utf8.count <= 400 else { return nil }
        let parts = pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 16 else { return nil }
        return parts.map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    }
}
