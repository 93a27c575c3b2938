/// What a driver, the driver manager, or the database behind them refused.
package struct ODBCFailure: Error, Sendable {
    /// Five characters of SQLSTATE, `08001`; empty when nobody said one.
    package let state: String
    package let message: String

    package var isUnknownTable: Bool { ["42S02", "42P01"].contains(state) }
    package var isCancelled: Bool { state == "HY008" }
    /// The time limit of a statement, or of connecting.
    package var isTimeout: Bool { state == "HYT00" || state == "HYT01" }
}
