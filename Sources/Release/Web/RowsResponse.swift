import Cryptography
import Hummingbird
package import Kernel
import NIOCore

extension RowsAnswer {
    /// The document that leaves: the text whose digest is on record, and that record's own digest.
    package var document: String { String(decoding: documentBytes, as: UTF8.self) }

    var documentBytes: [UInt8] {
        let end = ",\"leaf\":\"\(leaf.text)\"}".utf8
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.bytes.count + end.count)
        bytes += text.bytes[..<(text.bytes.count - 1)]
        bytes += end
        return bytes
    }

    /// The same for programs of ours.
    package func json() throws -> JSON { try JSON.parse(document) }
}

enum RowsResponse {
    static func make(_ document: String) -> Response { make(Array(document.utf8)) }

    static func make(_ document: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }
}
