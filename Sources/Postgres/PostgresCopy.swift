import CPostgres

extension PostgresConnection {
    /// Begins `COPY … FROM STDIN`; rows follow by `copy`, and `endCopy` says how many they were.
    package func beginCopy(_ statement: String) throws(PostgresFailure) {
        try checked(PQexec(handle, statement))
    }

    /// Blocks while the server is behind.
    package func copy(_ bytes: UnsafeRawBufferPointer) throws(PostgresFailure) {
        guard !bytes.isEmpty else { return }
        let sent = PQputCopyData(
            handle, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count))
        guard sent == 1 else { throw copyFailure() }
    }

    @discardableResult
    package func endCopy() throws(PostgresFailure) -> Int {
        guard PQputCopyEnd(handle, nil) == 1 else { throw copyFailure() }
        return try rest()
    }

    /// What `COPY … TO STDOUT` answers, piece by piece; of the binary form the first piece has the head of the file and a row, every
    /// other one row. Leaves the connection usable only when it is read to its end.
    package func copyOut(
        _ statement: String, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(PostgresFailure) {
        try checked(PQexec(handle, statement))
        while true {
            var piece: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(handle, &piece, 0)
            guard count > 0 else {
                guard count == -1 else { throw copyFailure() }
                _ = try rest()
                return
            }
            defer { PQfreemem(piece) }
            body(UnsafeRawBufferPointer(start: piece, count: Int(count)))
        }
    }

    /// Reads to the end of what a statement answers.
    private func rest() throws(PostgresFailure) -> Int {
        var changed = 0
        var failure: PostgresFailure?
        while let result = PQgetResult(handle) {
            // It would be answered for ever: the copy has not ended.
            if [PGRES_COPY_IN, PGRES_COPY_OUT].contains(PQresultStatus(result)) {
                PQclear(result)
                break
            }
            do throws(PostgresFailure) {
                changed = try checked(result).changed
            } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return changed
    }

    /// The server's own words are in the answer that follows, unless the way to it is what failed.
    private func copyFailure() -> PostgresFailure {
        do throws(PostgresFailure) { _ = try rest() } catch { return error }
        return PostgresFailure(
            sqlState: nil, message: Self.line(PQerrorMessage(handle)), connectionLost: true)
    }

    /// What stops the statement that runs on this connection; from any thread.
    package var cancellation: PostgresCancellation? { PQgetCancel(handle).map(PostgresCancellation.init) }
}

package final class PostgresCancellation: @unchecked Sendable {
    private let handle: OpaquePointer

    fileprivate init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { PQfreeCancel(handle) }

    /// When the server cannot be told, it finds out by its own time limit.
    package func callAsFunction() {
        var words = [CChar](repeating: 0, count: 256)
        _ = PQcancel(handle, &words, Int32(words.count))
    }
}
