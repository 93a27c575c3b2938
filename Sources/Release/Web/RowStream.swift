import HTTPTypes
import Hummingbird
import Identity
import Kernel
import NIOCore
import Policy
import Web

/// All rows of a grant as lines of JSON (NDJSON), chunk after chunk. Each chunk is a release of its own: its record is durable before
/// its first byte, its quota is taken then, and a grant that was revoked meanwhile gives no further one.
///
/// A chunk is one line with what a page says of itself (an object, with `next` but without `rows`), then a line for each row (an
/// array, in the order of `columns`). Whoever lost the connection goes on with the last `next` they have. What ends a stream early is
/// its last line: an object with `problem`.
struct RowStream: Sendable {
    static let mediaType = "application/x-ndjson"

    let desk: RowDesk
    let grant: GrantID
    let principal: Principal
    /// Rows of one chunk.
    let limit: Int
    /// A problem as the caller reads it.
    let document: @Sendable (Problem) -> JSON

    /// The first chunk is asked for before the answer begins: what refuses it is an answer of its own.
    func response(after cursor: String?) async throws -> Response {
        let first = try await desk.page(of: grant, after: cursor, limit: limit, by: principal)
        let body = ResponseBody { writer in
            var chunk = first
            while true {
                try await writer.write(ByteBuffer(bytes: try Self.lines(of: chunk)))
                guard let next = chunk.next else { break }
                do {
                    chunk = try await desk.page(of: grant, after: next, limit: limit, by: principal)
                } catch let error as any ProblemConvertible {
                    let line: JSON = ["problem": document(error.problem), "next": .string(next)]
                    try await writer.write(ByteBuffer(string: line.canonical + "\n"))
                    break
                }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: Self.mediaType, .cacheControl: "no-store"], body: body)
    }

    private static func lines(of chunk: RowsAnswer) throws -> [UInt8] {
        var head = try chunk.json().object ?? [:]
        head["rows"] = nil
        var lines = JSON.object(head).canonicalBytes
        lines.append(UInt8(ascii: "\n"))
        for row in chunk.rows {
            AnswerText.write(row: row.values, to: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
