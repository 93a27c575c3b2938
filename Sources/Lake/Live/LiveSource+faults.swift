package import Kernel
import Policy

/// What somebody got wrong in describing a service, field by field; empty when it can be asked.
extension LiveSource {
    package static let parametersMax = 20
    private static let nameBytesMax = 200
    private static let textBytesMax = 2_000

    package func faults(hosts: [String]) -> [Problem.Place] {
        var places: [Problem.Place] = []
        func fault(_ field: String, _ code: String, _ words: [String: String] = [:]) {
            places.append(Problem.Place(field, Message("source.live.\(code)", words)))
        }
        if let address {
            if !hosts.contains(where: { $0.lowercased() == address.place }) {
                fault("base", "host-not-allowed")
            }
        } else {
            fault("base", "base-malformed")
        }
        if keys.isEmpty { fault("parameters", "key-needed") }
        if parameters.count > Self.parametersMax {
            fault("parameters", "parameters-max", ["max": String(Self.parametersMax)])
        }
        places += parameters.compactMap { self.fault(of: $0) } + pathFaults
        if Self.parts(of: records) == nil { fault("records", "pointer-malformed") }
        if let success, Self.parts(of: success.place) == nil || success.value.isEmpty {
            fault("success", "pointer-malformed")
        }
        switch credential {
        case .none: break
        case .header(let name, let prefix):
            if !Self.isHeaderName(name) || !prefix.isEmpty && !Self.isHeaderValue(prefix) {
                fault("credentialName", "header-malformed", ["name": name])
            }
        case .basic(let user):
            if user.isEmpty || user.contains(":") { fault("credentialName", "user-malformed") }
        }
        for (field, value, range) in [
            ("answerBytesMax", limits.answerBytesMax, Limits.answerBytes),
            ("recordsMax", limits.recordsMax, Limits.records),
            ("secondsMax", limits.secondsMax, Limits.seconds), ("callsMax", limits.callsMax, Limits.calls),
        ] where !range.contains(value) {
            fault(
                field, "limit", ["low": String(range.lowerBound), "high": String(range.upperBound)])
        }
        return places
    }

    private func fault(of parameter: Parameter) -> Problem.Place? {
        func fault(_ code: String) -> Problem.Place {
            Problem.Place("parameters", Message("source.live.\(code)", ["name": parameter.name]))
        }
        guard (1...Self.nameBytesMax).contains(parameter.name.utf8.count),
            parameters.count(where: { $0.name == parameter.name && $0.place == parameter.place }) == 1
                || isOfAlternatives(parameter)
        else { return fault("parameter-twice") }
        if parameter.place == .body, method == .get { return fault("body-of-get") }
        switch parameter.filling {
        case .key(let column, let type):
            if parameter.place == .header { return fault("key-in-header") }
            if column.isEmpty || keys.count(where: { $0.name.utf8.elementsEqual(column.utf8) }) > 1 {
                return fault("key-twice")
            }
            if ![.text, .integer, .date, .boolean].contains(type) { return fault("key-type") }
        case .constant(let text):
            if text.utf8.count > Self.textBytesMax || text.utf8.contains(0) {
                return fault("constant-malformed")
            }
            if parameter.place == .header,
                !Self.isHeaderName(parameter.name) || !Self.isHeaderValue(text)
            {
                return Problem.Place(
                    "parameters", Message("source.live.header-malformed", ["name": parameter.name]))
            }
        }
        return nil
    }

    /// Two keys that are never asked together may go by one name.
    private func isOfAlternatives(_ parameter: Parameter) -> Bool {
        parameters.filter { $0.name == parameter.name && $0.place == parameter.place }.allSatisfy {
            if case .key = $0.filling { true } else { false }
        }
    }

    /// A call whose path is not filled cannot be made: what stands in the path stands in every call.
    private var pathFaults: [Problem.Place] {
        let open = (address?.segments ?? []).filter { $0.contains("{") || $0.contains("}") }
        let names = open.compactMap { segment -> String? in
            guard segment.hasPrefix("{"), segment.hasSuffix("}"), segment.count > 2,
                !segment.dropFirst().dropLast().contains(where: { "{}".contains($0) })
            else { return nil }
            return String(segment.dropFirst().dropLast())
        }
        let inPath = parameters.filter { $0.place == .path }
        let isWhole =
            names.count == open.count && Set(names).count == names.count
            && Set(names) == Set(inPath.map(\.name))
        let hasKeyInPath = inPath.contains { if case .key = $0.filling { true } else { false } }
        if !isWhole { return [Problem.Place("base", Message("source.live.path-unfilled"))] }
        if hasKeyInPath, keys.count > 1 {
            return [Problem.Place("parameters", Message("source.live.path-key-alone"))]
        }
        return []
    }

    /// RFC 9110 §5.6.2, and none of those that the call itself depends on.
    static func isHeaderName(_ name: String) -> Bool {
        let own = [
            "host", "content-length", "transfer-encoding", "connection", "expect", "content-type", "accept",
        ]
        return (1...nameBytesMax).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            } && !own.contains(name.lowercased())
    }

    /// Visible ASCII and spaces between.
    static func isHeaderValue(_ text: String) -> Bool {
        text.utf8.count <= textBytesMax && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.utf8.first != 0x20
    }
}
