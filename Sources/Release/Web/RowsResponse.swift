import Cryptography
import Hummingbird
package import Kernel
import NIOCore

extension RowsAnswer {
    /// The document that leaves: the text whose digest is on record, and that record's own digest.
    package var document: String { "\(text.text.dropLast()),\"leaf\":\"\(leaf.text)\"}" }

    /// The same for programs of ours.
    package func json() throws -> JSON { try JSON.parse(document) }
}

enum RowsResponse {
    static func make(_ document: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document)))
    }
}
