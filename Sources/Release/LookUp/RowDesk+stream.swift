import Cryptography
import Evidence
import Identity
import Kernel
import Lake
import Policy

/// What a stream of CSV needs beside the pages it is made of: where it goes on, and the record of how it ended.
extension RowDesk {
    /// Where a text of CSV begins, or goes on after bytes that arrived.
    struct StreamStart: Sendable {
        let whole: CSVWhole
        /// Of the whole text: what `after` takes, with the bytes that arrived.
        let ticket: String
        /// Of the first page to send; nil when every row has arrived.
        let cursor: String?
        /// What is missing before the first row.
        let head: [UInt8]
        /// Bytes of the first row to send that arrived before.
        let cut: Int
        let version: VersionID
        let versionNumber: Int
        let revision: Int
        let entry: EntryID
    }

    /// Finds the place after `arrived` bytes by writing the rows before it once more. They go nowhere and are charged to nobody; a row
    /// that arrived in part is sent, and charged, again.
    ///
    /// - Throws: what refuses a page; `ReleaseError.beyondEnd`; `.streamUnknown` when `ticket` and `isMarked` disagree.
    func streamStart(
        of grant: GrantID, marked isMarked: Bool, after ticket: String?, past arrived: Int64,
        by principal: Principal
    ) async throws -> StreamStart {
        let now = clock.now()
        let asking = Asking(
            delivery: .pages, release: ReleaseID.new(at: now), principal: principal, at: now)
        let (prepared, _) = try await tally.watching {
            try await admitted(grant, asking) { prepared, _ in
                _ = try prepared.stored()
                return Found(roomNeeded: 0)
            }
        }
        let (served, rows) = try prepared.stored()
        let course = isMarked ? PageCursor.Course.markedCSV : .csv
        let (version, revision) = (served.version, prepared.grant.revision)
        if let ticket {
            guard let from = try? PageCursor(ticket, of: grant, on: course, cursorCipher) else {
                let other = isMarked ? PageCursor.Course.csv : .markedCSV
                _ = try PageCursor(ticket, of: grant, on: other, cursorCipher)
                throw ReleaseError.streamUnknown(parameter: "bom")
            }
            guard from.version == version else { throw ReleaseError.cursorOutdated }
            guard from.revision == revision else { throw ReleaseError.cursorGrantRevised }
        }
        let whole = CSVWhole(prepared.program.outputSchema)
        let head = await whole.begin(marked: isMarked)
        var (row, cut): (Int64?, Int) = (0, 0)
        if arrived > Int64(head.count) {
            (row, cut) = try await place(after: arrived, in: whole, rows, prepared.program)
        }
        func cursor(_ row: Int64, _ course: PageCursor.Course) throws -> String {
            try PageCursor(version: version, revision: revision, row: row)
                .text(of: grant, on: course, cursorCipher)
        }
        return StreamStart(
            whole: whole, ticket: try ticket ?? cursor(0, course),
            cursor: try row.map { try cursor($0, .page) },
            head: Array(head.dropFirst(Int(clamping: arrived))), cut: cut, version: version,
            versionNumber: served.number, revision: revision, entry: prepared.grant.entry)
    }

    private func place(
        after arrived: Int64, in whole: CSVWhole, _ rows: RowStore, _ program: RowProgram
    ) async throws -> (row: Int64?, cut: Int) {
        var row: Int64 = 0
        while row < rows.rows {
            // Others are served in between, and whoever hangs up stops it.
            await Task.yield()
            try Task.checkCancellation()
            let batch = try rows.page(from: row, limit: limits.pageRowsMax)
            if batch.isEmpty { break }
            if let found = await whole.pass(batch, program, until: arrived) {
                return (row + Int64(found.place), found.cut)
            }
            row += Int64(batch.count)
        }
        guard await whole.sum.bytes == arrived else { throw ReleaseError.beyondEnd(bytes: arrived) }
        return (nil, 0)
    }

    /// How a stream ended: beside the records of its chunks, each of which was there before its first byte.
    struct StreamEnd: Sendable {
        enum Outcome: String {
            case whole
            /// By a rule: the grant, its quota or rate.
            case refused
            /// By the connection.
            case brokenOff = "broken-off"
        }

        let record: LeafID
        let outcome: Outcome
        let sum: CSVWhole.Sum
        let arrived: Int64
        let sentBytes: Int64
        let chunks: Int
        let problem: Message?
    }

    /// Its id was told before the first byte, so that count and digest can be asked for, with their proof, also where trailers of an
    /// answer are lost on the way.
    func record(
        _ end: StreamEnd, of start: StreamStart, under grant: GrantID, by principal: Principal
    ) async throws {
        let now = clock.now()
        var payload: [String: JSON] = [
            "delivery": .string(DeliveryKind.pages.rawValue), "form": "csv",
            "revision": .integer(Int64(start.revision)), "version": .string(start.version.text),
            "outcome": .string(end.outcome.rawValue), "rows": .integer(end.sum.rows),
            "bytes": .integer(end.sum.bytes), "arrivedBefore": .integer(end.arrived),
            "sentBytes": .integer(end.sentBytes), "chunks": .integer(Int64(end.chunks)),
        ]
        payload["sha256"] = end.sum.sha256.map { .string($0.hex) }
        payload["problem"] = end.problem.map { .string($0.key) }
        let leaf = Leaf(
            id: end.record, type: "release.streamed", at: now, actor: principal.actor,
            subjects: [Leaf.Subject(grant), Leaf.Subject(start.entry)], payload: .object(payload))
        try await recorded { try await journal.record(leaf) }
    }
}
