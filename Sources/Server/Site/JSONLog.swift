package import Foundation
package import Kernel

/// One JSON object a line on standard error, with time and level; no personal data is ever passed to it.
package final class JSONLog: Sendable {
    package enum Level: String, Sendable, CaseIterable {
        case debug, info, warning, error

        fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    private let clock: Clock
    private let least: Level
    private let write: @Sendable (Data) -> Void

    /// What is below `least` is left out (`log.level`). `write` takes whole lines; the standard is standard error.
    package init(
        least: Level = .info, clock: Clock = .system,
        write: @escaping @Sendable (Data) -> Void = JSONLog.toStandardError
    ) {
        self.least = least
        self.clock = clock
        self.write = write
    }

    package convenience init(_ settings: Settings, clock: Clock = .system) {
        self.init(least: Level(rawValue: settings.text(.logLevel)) ?? .info, clock: clock)
    }

    /// An entry without a `level` is information.
    package func write(_ entry: JSON) {
        var members = entry.object ?? [:]
        let level = members["level"]?.string.flatMap(Level.init(rawValue:)) ?? .info
        guard level.rank >= least.rank else { return }
        members["level"] = .string(level.rawValue)
        members["at"] = .string(clock.now().description)
        var line = JSON.object(members).canonicalBytes
        line.append(UInt8(ascii: "\n"))
        write(Data(line))
    }

    /// One call to the system, so that lines of many threads never mix. When nobody reads the log any more, requests go on.
    package static func toStandardError(_ line: Data) {
        line.withUnsafeBytes { bytes in
            var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
            while !rest.isEmpty {
                let written = Foundation.write(STDERR_FILENO, rest.baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
