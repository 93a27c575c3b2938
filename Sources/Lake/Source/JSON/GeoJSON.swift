import Foundation
import Kernel

/// GeoJSON is read like any JSON, its places as text; what they refer to must be told and must not change.
enum GeoJSON {
    private static let headBytesMax = 64 << 10
    /// RFC 7946 §4.
    private static let standardDatum = "WGS 84"

    /// What the coordinates refer to: the member `crs` of 2008 where its beginning has one, else what RFC 7946 says; nil of other JSON.
    static func datum(of file: SourceFile) throws(SourceError) -> String? {
        let head = String(decoding: try file.bytes(at: 0, count: headBytesMax), as: UTF8.self)
        guard head.contains(/"type"\s*:\s*"Feature(?:Collection)?"/) else { return nil }
        let named = head.firstMatch(
            of: /"crs"\s*:\s*\{[^\[\]]{0,200}?"name"\s*:\s*"([^"]{1,100})"/)
        return named.map { String($0.1) } ?? standardDatum
    }
}
