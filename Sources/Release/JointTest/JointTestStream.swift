import HTTPTypes
import Hummingbird
import Identity
import Kernel
import NIOCore
import Policy
import Web

/// All rows of a test as a stream answers them: lines of JSON by chunks, or one text of CSV that goes on after bytes that arrived.
extension JointTestSite {
    func stream(_ visit: Visit) async throws -> Response {
        try visit.demandOwnPage()
        let id: JointTestID = try visit.id()
        let form = try StreamForm(visit)
        let cursor = visit.query.has("after") ? visit.query["after"] : nil
        for name in ["bom", "bytes"] where form != .csv && visit.query.has(name) {
            throw ReleaseError.streamUnknown(parameter: name)
        }
        switch form {
        case .lines:
            let limit = visit.query.has("limit") ? visit.query.integer("limit") ?? 0 : desk.pageRowsMax
            return JointTestSite.marked(try await lines(of: id, after: cursor, limit: limit, visit))
        case .csv:
            let arrived = visit.query.has("bytes") ? Int(visit.query["bytes"]) ?? -1 : 0
            guard arrived >= 0, (cursor == nil) == !visit.query.has("bytes") else {
                throw ReleaseError.streamUnknown(parameter: "bytes")
            }
            let isMarked = visit.query.isOn("bom")
            let ticket = "\(id)\(isMarked ? "-bom" : "")"
            guard cursor ?? ticket == ticket else { throw ReleaseError.cursorUnknown }
            return JointTestSite.marked(
                try await text(of: id, marked: isMarked, ticket, past: arrived, visit.principal))
        }
    }

    /// As `RowStream`: a line of what the page says of itself, then a line for each of its rows.
    private func lines(
        of id: JointTestID, after cursor: String?, limit: Int, _ visit: Visit
    ) async throws -> Response {
        let grant = try await desk.test(id, for: visit.principal).grant.id
        var (lines, next): ([UInt8], String?) = ([], cursor)
        repeat {
            let page = try await desk.page(id, limit: limit, cursor: next, by: visit.principal)
            var head = page.json(of: id, under: grant).object ?? [:]
            head["rows"] = nil
            lines += JSON.object(head).canonicalBytes
            lines.append(UInt8(ascii: "\n"))
            for row in page.rows {
                AnswerText.write(row: row, to: &lines)
                lines.append(UInt8(ascii: "\n"))
            }
            next = page.next
        } while next != nil
        return Response(
            status: .ok, headers: [.contentType: RowStream.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: lines)))
    }

    private func text(
        of id: JointTestID, marked isMarked: Bool, _ ticket: String, past arrived: Int, _ principal: Principal
    ) async throws -> Response {
        let page = try await desk.whole(id, by: principal)
        let whole = CSVWhole(page.columns)
        var text = await whole.begin(marked: isMarked)
        text += await whole.append(page.rows.map { RowsAnswer.Row(key: nil, values: $0) })
        let sum = await whole.finish()
        guard arrived <= text.count else { throw ReleaseError.beyondEnd(bytes: Int64(arrived)) }
        let rest = ByteBuffer(bytes: text.dropFirst(arrived))
        let body = ResponseBody { writer in
            try await writer.write(rest)
            try await writer.finish(CSVStream.trailers(sum))
        }
        let headers = CSVStream.headers(
            named: "\(JointTest.header)-\(id.text.suffix(6)).csv", begins: arrived == 0, ticket)
        return Response(status: .ok, headers: headers, body: body)
    }
}
