import Foundation

/// Looks once in a while whether work was cancelled that blocks in a call to another system, and then does what makes that call return.
/// Ends with this object.
final class CancelWatch: @unchecked Sendable {
    private static let millisecondsBetween = 100

    private let condition = NSCondition()
    private var isOver = false

    /// `secondsMax` is when it counts as cancelled in any case.
    init(
        _ isCancelled: @escaping @Sendable () -> Bool, secondsMax: Int = .max,
        stop: @escaping @Sendable () -> Void
    ) {
        let began = ContinuousClock.now
        let flag = Unowned(self)
        let thread = Thread {
            while let watch = flag.watch, !watch.wait() {
                guard isCancelled() || ContinuousClock.now - began > .seconds(secondsMax) else { continue }
                stop()
                return
            }
        }
        thread.name = "cancel-watch"
        thread.start()
    }

    deinit { end() }

    func end() {
        condition.lock()
        isOver = true
        condition.signal()
        condition.unlock()
    }

    /// True when there is nothing left to watch.
    private func wait() -> Bool {
        condition.lock()
        defer { condition.unlock() }
        if !isOver {
            _ = condition.wait(until: Date(timeIntervalSinceNow: Double(Self.millisecondsBetween) / 1000))
        }
        return isOver
    }

    private final class Unowned: @unchecked Sendable {
        weak var watch: CancelWatch?
        init(_ watch: CancelWatch) { self.watch = watch }
    }
}
