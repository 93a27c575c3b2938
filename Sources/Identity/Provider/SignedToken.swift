internal import Kernel
internal import OpenSSL

/// A signed token in its compact form (RFC 7515 §3.1), taken apart and not believed yet.
struct SignedToken: Sendable {
    static let bytesMax = 16_384
    private static let limits = JSON.Limits(bytesMax: bytesMax, depthMax: 8, valuesMax: 500)

    /// As the header says: a text until somebody allows it.
    let algorithm: String
    let keyID: String?
    let claims: JSON
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// - Throws: `tokenMalformed` for everything that can be read in two ways: padded or odd base 64, members twice, numbers that are no
    ///   integers, extensions that must be understood (`crit`).
    init(_ text: String) throws(ProviderFault) {
        guard text.utf8.count <= Self.bytesMax else { throw .tokenMalformed }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.bytes(parts[0]), let body = Self.bytes(parts[1]),
            let signature = Self.bytes(parts[2])
        else { throw .tokenMalformed }
        guard let header = try? JSON.parse(head, limits: Self.limits), header.object != nil,
            let claims = try? JSON.parse(body, limits: Self.limits), claims.object != nil,
            let algorithm = header["alg"]?.string, header["crit"] == nil, header["b64"] == nil
        else { throw .tokenMalformed }
        if let keyID = header["kid"], keyID.string == nil { throw .tokenMalformed }
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        self.claims = claims
        self.signature = signature
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    func isSigned(by key: VerifyingKey, with algorithm: TokenAlgorithm) -> Bool {
        key.verifies(signature, of: signed, by: algorithm)
    }

    /// RFC 4648 §5 without padding: one text for the same bytes.
    static func bytes(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count % 4 != 1 else { return nil }
        var plain: [UInt8] = []
        plain.reserveCapacity(text.utf8.count + 3)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): plain.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): plain.append(UInt8(ascii: "/"))
            case 48...57, 65...90, 97...122: plain.append(byte)
            default: return nil
            }
        }
        while plain.count % 4 != 0 { plain.append(UInt8(ascii: "=")) }
        return [UInt8](base64: String(decoding: plain, as: UTF8.self))
    }
}
