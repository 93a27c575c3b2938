internal import COpenSSL

/// AES-256 in counter mode over zeros: a key stretched to as many bytes as are asked for. The prepared cipher is kept, so a
/// new key costs its schedule and nothing else. One thread at a time.
package final class KeyStream {
    private let context: OpaquePointer?
    private let zeros: [UInt8]

    /// `bytesMax` is the longest stream that `fill` will be asked for.
    package init(bytesMax: Int) throws {
        zeros = [UInt8](repeating: 0, count: bytesMax)
        context = EVP_CIPHER_CTX_new()
        guard let context, EVP_EncryptInit_ex2(context, Self.cipher.pointer, nil, nil, nil) == 1 else {
            throw OpenSSLError("AES-256-CTR")
        }
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// `key` has 32 bytes; the counter begins at 0. The library cannot fail here once it has been prepared.
    package func fill(key: UnsafePointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>) {
        precondition(out.count <= zeros.count, "a key stream longer than it was made for")
        var wrote: Int32 = 0
        let done = zeros.withUnsafeBufferPointer { zeros in
            EVP_EncryptInit_ex2(context, nil, key, zeros.baseAddress, nil) == 1
                && EVP_EncryptUpdate(context, out.baseAddress, &wrote, zeros.baseAddress, Int32(out.count))
                    == 1
        }
        precondition(done && Int(wrote) == out.count, "OpenSSL could not make a key stream")
    }

    private static let cipher = StreamCipher()

    private final class StreamCipher: @unchecked Sendable {
        let pointer = EVP_CIPHER_fetch(nil, "AES-256-CTR", nil)
    }
}
