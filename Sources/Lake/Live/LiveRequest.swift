import Curl
import Foundation
import Kernel
package import Policy

/// One call, written out. Values are put where they were declared to go, each in the encoding of that place; none is ever part of a
/// text that is read as something else.
package struct LiveRequest: Sendable {
    let url: String
    let method: HTTPCall.Method
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    let address: ServiceAddress
    let limits: LiveSource.Limits

    /// `secret` is that of `source.credential`.
    package init(
        _ source: LiveSource, asking column: String, for key: Value, secret: String?
    ) throws(LiveFault) {
        guard let address = source.address else { throw .hostNotAllowed }
        guard source.key(column) != nil else { throw .notAsked(column: column) }
        var query: [String] = []
        var path: [String: String] = [:]
        var headers = [
            (name: "Accept", value: "application/json"), (name: "User-Agent", value: "Headwaters"),
        ]
        var posted = JSON.object([:])
        for parameter in source.parameters {
            let value: Value
            switch parameter.filling {
            case .constant(let text): value = .text(text)
            case .key(let name, _):
                guard name.utf8.elementsEqual(column.utf8) else { continue }
                value = key
            }
            let text = value.plainText
            switch parameter.place {
            case .query: query.append("\(Self.encoded(parameter.name))=\(Self.encoded(text))")
            case .path:
                // Servers that decode before they split would see another path.
                guard !text.isEmpty, text != ".", text != "..", !text.contains(where: { "/\\".contains($0) })
                else { throw .keyUnsuited(column: column) }
                path[parameter.name] = Self.encoded(text)
            case .body:
                posted = posted.setting(
                    parameter.name.split(separator: ".").map(String.init)[...], Self.json(value))
            case .header: headers.append((name: parameter.name, value: text))
            }
        }
        headers += try Self.authorisation(source.credential, secret)
        let segments = address.segments.map { segment -> String in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return segment }
            return path[String(segment.dropFirst().dropLast())] ?? ""
        }
        // A segment that nothing fills would ask for another path.
        guard zip(segments, address.segments).allSatisfy({ !$0.isEmpty || $1.isEmpty }) else {
            throw .notAsked(column: column)
        }
        let asked = query.isEmpty ? "" : "?" + query.joined(separator: "&")
        url =
            "\(address.isEncrypted ? "https" : "http")://\(address.place)/\(segments.joined(separator: "/"))\(asked)"
        method = source.method == .post ? .post : .get
        if source.method == .post { headers.append((name: "Content-Type", value: "application/json")) }
        body = source.method == .post ? posted.canonicalBytes : []
        self.headers = headers
        self.address = address
        limits = source.limits
    }

    private static func authorisation(
        _ credential: LiveSource.Credential, _ secret: String?
    ) throws(LiveFault) -> [(name: String, value: String)] {
        switch credential {
        case .none: return []
        case .header(let name, let prefix):
            let secret = secret ?? ""
            // What a line break would add is a header of somebody else's.
            guard !secret.isEmpty, LiveSource.isHeaderValue(prefix + secret) else { throw .secretUnsuited }
            return [(name: name, value: prefix + secret)]
        case .basic(let user):
            let pair = Data("\(user):\(secret ?? "")".utf8).base64EncodedString()
            return [(name: "Authorization", value: "Basic \(pair)")]
        }
    }

    /// RFC 3986: everything but the unreserved characters.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    private static func json(_ value: Value) -> JSON {
        switch value {
        case .integer(let number): .integer(number)
        case .boolean(let truth): .boolean(truth)
        default: .string(value.plainText)
        }
    }
}

extension JSON {
    /// With a value at the end of a way of members.
    fileprivate func setting(_ way: ArraySlice<String>, _ value: JSON) -> JSON {
        guard let name = way.first else { return value }
        var members = object ?? [:]
        members[name] = (members[name] ?? .object([:])).setting(way.dropFirst(), value)
        return .object(members)
    }
}
