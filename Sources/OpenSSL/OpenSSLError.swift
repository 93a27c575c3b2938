internal import COpenSSL

/// The library refused: which call, and what it left on its error stack.
package struct OpenSSLError: Error, Sendable, CustomStringConvertible {
    package let call: String
    package let reason: String

    package init(_ call: String) {
        self.call = call
        var text = [CChar](repeating: 0, count: 256)
        let code = ERR_get_error()
        ERR_error_string_n(code, &text, text.count)
        ERR_clear_error()
        reason =
            code == 0
            ? "no reason given"
            : String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    package var description: String { "\(call): \(reason)" }
}

package enum OpenSSL {
    /// `OpenSSL 3.0.19 …`: the library that is loaded, not the headers.
    package static var version: String { String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)) }

    package static func randomBytes(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else { throw OpenSSLError("RAND_bytes") }
        return bytes
    }

    /// Takes as long for a first difference as for the last; lengths are not secret.
    package static func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
