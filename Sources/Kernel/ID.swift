import Foundation

/// A kind of thing that has an identity. The kind appears in the outside form of its ids and in evidence subjects.
package protocol Noun: Sendable {
    static var kind: String { get }
}

/// The identity of one thing of kind `N`: a UUIDv7, so that ids sort by birth.
///
/// Inside one node the 36-character text is used; the outside form is `urn:headwaters:<node>:<kind>:<id>`.
package struct ID<N: Noun>: Hashable, Sendable, Comparable {
    private let high: UInt64
    private let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id for `now`; ids made in one process within the same millisecond still ascend.
    package static func new(at now: Instant = Clock.system.now()) -> ID {
        let (high, low) = UUIDv7Source.shared.next(millisecond: UInt64(max(0, now.microseconds / 1000)))
        return ID(high: high, low: low)
    }

    /// When it was made, to the millisecond.
    package var instant: Instant { Instant(microseconds: Int64(high >> 16) * 1000) }

    package static func < (left: ID, right: ID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// `urn:headwaters:<node>:<kind>:<id>`
    package func urn(node: String) -> String { "urn:headwaters:\(node):\(N.kind):\(text)" }
}

extension ID: LosslessStringConvertible, Codable {
    package var text: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var at = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[at] = UInt8(ascii: "-")
                    at += 1
                }
                let word = nibble < 16 ? high : low
                buffer[at] = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (nibble % 16)) & 0xF).hexDigit
                at += 1
            }
            return 36
        }
    }

    package var description: String { text }

    /// Nil unless `text` is the 36-character lower- or upper-case form.
    package init?(_ text: String) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        var nibble = 0
        for (offset, byte) in text.utf8.enumerated() {
            if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            guard nibble < 32 else { return nil }
            if nibble < 16 {
                high = high << 4 | UInt64(digit)
            } else {
                low = low << 4 | UInt64(digit)
            }
            nibble += 1
        }
        guard nibble == 32 else { return nil }
        self.init(high: high, low: low)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not the id of a \(N.kind)")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// RFC 9562 §6.2 method 1: a counter in `rand_a` keeps ids of one millisecond ascending.
private final class UUIDv7Source: @unchecked Sendable {
    static let shared = UUIDv7Source()
    private let lock = NSLock()
    private var lastMillisecond: UInt64 = 0
    private var counter: UInt64 = 0

    func next(millisecond: UInt64) -> (UInt64, UInt64) {
        var random = SystemRandomNumberGenerator()
        lock.lock()
        defer { lock.unlock() }
        if millisecond > lastMillisecond {
            lastMillisecond = millisecond
            counter = random.next() & 0x3FF
        } else {
            counter += 1
            if counter > 0xFFF {
                lastMillisecond += 1
                counter = 0
            }
        }
        let high = lastMillisecond << 16 | 0x7000 | counter
        let low = random.next() >> 2 | 1 << 63
        return (high, low)
    }
}
