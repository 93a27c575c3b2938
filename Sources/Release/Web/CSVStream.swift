import Cryptography
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import NIOCore
import Policy
import Web

/// All rows of a grant as one text of CSV, the header once: RFC 4180, as a file release writes it, formulas defused. It is made of the
/// same chunks as `RowStream`, each a release of its own.
///
/// Whoever lost the connection asks for what is missing with `after`, the `Headwaters-Cursor` of the first answer, and `bytes`, how
/// much has arrived. Count and digest of the whole follow as trailers, and stand in the record that `Headwaters-Record` names. A stream
/// that a rule ends breaks off, so that nobody takes it for whole.
struct CSVStream: Sendable {
    static let mediaType = "text/csv"

    let desk: RowDesk
    let grant: GrantID
    let principal: Principal
    /// Rows of one chunk.
    let limit: Int
    /// Begins with a byte-order mark.
    let isMarked: Bool

    func response(after ticket: String?, past arrived: Int64) async throws -> Response {
        let start = try await desk.streamStart(
            of: grant, marked: isMarked, after: ticket, past: arrived, by: principal)
        // What refuses the first chunk is an answer of its own.
        var first: RowsAnswer?
        if let cursor = start.cursor {
            first = try await desk.page(of: grant, after: cursor, limit: limit, by: principal)
        }
        let record = LeafID.new(at: desk.clock.now())
        let body = ResponseBody { [first] writer in
            var progress = Progress(arrived: arrived, record: record)
            do {
                try await send(first, from: start, &progress, &writer)
            } catch {
                let problem = (error as? any ProblemConvertible)?.problem.message
                let end = progress.end(problem == nil ? .brokenOff : .refused, await start.whole.sum, problem)
                try? await desk.record(end, of: start, under: grant, by: principal)
                // Without its end the body cannot be taken for whole.
                throw error
            }
            let sum = await start.whole.finish()
            try await desk.record(progress.end(.whole, sum), of: start, under: grant, by: principal)
            try await writer.finish(Self.trailers(sum))
        }
        return Response(status: .ok, headers: headers(start, record), body: body)
    }

    private struct Progress {
        let arrived: Int64
        let record: LeafID
        var sentBytes: Int64 = 0
        var chunks = 0

        func end(
            _ outcome: RowDesk.StreamEnd.Outcome, _ sum: CSVWhole.Sum, _ problem: Message? = nil
        ) -> RowDesk.StreamEnd {
            RowDesk.StreamEnd(
                record: record, outcome: outcome, sum: sum, arrived: arrived, sentBytes: sentBytes,
                chunks: chunks, problem: problem)
        }
    }

    private func send(
        _ first: RowsAnswer?, from start: RowDesk.StreamStart, _ progress: inout Progress,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        var (chunk, head, cut) = (first, start.head, start.cut)
        while let rows = chunk {
            progress.chunks += 1
            let text = head + (await start.whole.append(rows.rows)).dropFirst(cut)
            (head, cut) = ([], rows.rows.isEmpty ? cut : 0)
            try await writer.write(ByteBuffer(bytes: text))
            progress.sentBytes += Int64(text.count)
            guard let next = rows.next else { return }
            chunk = try await desk.page(of: grant, after: next, limit: limit, by: principal)
        }
    }

    private static let cursorName = "Headwaters-Cursor"
    private static let recordName = "Headwaters-Record"
    private static let rowsName = "Headwaters-Rows"
    private static let digestName = "Repr-Digest"

    private func headers(_ start: RowDesk.StreamStart, _ record: LeafID) -> HTTPFields {
        let name = "headwaters-\(grant.text.prefix(8))-v\(start.versionNumber).csv"
        var headers = Self.headers(named: name, begins: !start.head.isEmpty, start.ticket)
        headers.set(Self.recordName, record.text)
        return headers
    }

    /// `isHead`: the text begins with its header.
    static func headers(named name: String, begins isHead: Bool, _ ticket: String) -> HTTPFields {
        var headers: HTTPFields = [
            .contentType: "\(mediaType); charset=utf-8; header=\(isHead ? "present" : "absent")",
            .cacheControl: "no-store", .contentDisposition: "attachment; filename=\"\(name)\"",
            .trailer: "\(rowsName), \(digestName)",
        ]
        headers.set(cursorName, ticket)
        return headers
    }

    /// Of the whole text, whatever part of it this answer brought (RFC 9530, `Repr-Digest`).
    static func trailers(_ sum: CSVWhole.Sum) -> HTTPFields {
        var trailers = HTTPFields()
        trailers.set(rowsName, String(sum.rows))
        if let digest = sum.sha256 { trailers.set(digestName, "sha-256=:\(digest.bytes.base64):") }
        return trailers
    }
}

extension HTTPFields {
    fileprivate mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}

/// How the rows of a stream are written: by the query, else by what the caller accepts.
enum StreamForm: String, CaseIterable {
    case lines = "ndjson"
    case csv

    init(_ visit: Visit) throws(ReleaseError) {
        guard visit.query.has("format") else {
            self = Self.accepted(visit.request.headers[.accept] ?? "")
            return
        }
        guard let form = StreamForm(rawValue: visit.query["format"]) else {
            throw .streamUnknown(parameter: "format")
        }
        self = form
    }

    /// CSV for whoever names it and likes nothing that we have better (RFC 9110 §12.5.1); lines of JSON otherwise.
    static func accepted(_ accept: String) -> StreamForm {
        func weight(_ names: Set<String>) -> Double {
            accept.split(separator: ",").map { range -> Double in
                let parts = range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
                guard let name = parts.first, names.contains(name) else { return 0 }
                return parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            }.max() ?? 0
        }
        let csv = weight([CSVStream.mediaType])
        return csv > 0 && csv >= weight([RowStream.mediaType, "application/json"]) ? .csv : .lines
    }
}
