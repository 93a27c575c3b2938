/// Shapes one after the other (.shp), each as the geometry of GeoJSON (RFC 7946): longitude or easting first, rings outward.
final class ShapeGeometry {
    enum Fault: Error {
        case damaged(byteOffset: Int64)
    }

    /// Bounds what one shape may take in memory.
    private static let shapeBytesMax = 64 << 20

    private let file: SourceFile
    private var at: Int64 = 100

    init(_ file: SourceFile) throws(SourceError) {
        self.file = file
        let head = try file.bytes(at: 0, count: 100)
        guard head.count == 100, head[2] == 0x27, head[3] == 0x0A else {
            throw .shapeDamaged(file: "shp", byteOffset: 0)
        }
    }

    /// The next shape; empty for a record without one. Nil at the end.
    func next() throws(SourceError) -> String? {
        guard at + 8 <= file.bytes else { return nil }
        let head = try file.bytes(at: at, count: 8)
        let bytes = head[4..<8].reduce(0) { $0 << 8 | Int($1) } * 2
        guard bytes >= 4, bytes <= Self.shapeBytesMax, at + 8 + Int64(bytes) <= file.bytes else {
            throw .shapeDamaged(file: "shp", byteOffset: at)
        }
        let content = try file.bytes(at: at + 8, count: bytes)
        let here = at
        at += 8 + Int64(bytes)
        guard let text = Self.text(content) else { throw .shapeDamaged(file: "shp", byteOffset: here) }
        return text
    }

    private static func text(_ content: [UInt8]) -> String? {
        let shape = Shape(content)
        guard let kind = shape.integer(0) else { return nil }
        // The tens say whether heights and measures follow; they stand behind the coordinates.
        switch kind {
        case 0: return ""
        case 1, 11, 21:
            return shape.point(4).map { "{\"type\":\"Point\",\"coordinates\":\($0.text)}" }
        case 8, 18, 28:
            guard let count = shape.integer(36), let points = shape.points(40, count) else { return nil }
            return "{\"type\":\"MultiPoint\",\"coordinates\":\(Self.list(points))}"
        case 3, 13, 23:
            guard let lines = shape.parts() else { return nil }
            if lines.count == 1 { return "{\"type\":\"LineString\",\"coordinates\":\(Self.list(lines[0]))}" }
            let all = lines.map { Self.list($0) }.joined(separator: ",")
            return "{\"type\":\"MultiLineString\",\"coordinates\":[\(all)]}"
        case 5, 15, 25:
            guard let rings = shape.parts() else { return nil }
            let polygons = Self.polygons(rings).map { rings in
                // A shapefile turns outer rings with the clock, GeoJSON against it.
                "[" + rings.map { Self.list($0.reversed()) }.joined(separator: ",") + "]"
            }
            if polygons.count == 1 { return "{\"type\":\"Polygon\",\"coordinates\":\(polygons[0])}" }
            return "{\"type\":\"MultiPolygon\",\"coordinates\":[\(polygons.joined(separator: ","))]}"
        default: return nil
        }
    }

    struct Point {
        let x: Double
        let y: Double
        var text: String { "[\(x),\(y)]" }
    }

    private static func list(_ points: [Point]) -> String {
        var text = "["
        for (index, point) in points.enumerated() {
            if index > 0 { text += "," }
            text += point.text
        }
        return text + "]"
    }

    /// Each outer ring with the holes that lie in it. A hole in none of them is an outer ring that somebody turned the wrong way.
    private static func polygons(_ rings: [[Point]]) -> [[[Point]]] {
        var polygons: [[[Point]]] = []
        var holes: [[Point]] = []
        for ring in rings {
            if twiceArea(ring) <= 0 { polygons.append([ring]) } else { holes.append(ring) }
        }
        for hole in holes {
            if let first = hole.first, let home = polygons.firstIndex(where: { contains(first, in: $0[0]) }) {
                polygons[home].append(hole)
            } else {
                polygons.append([hole.reversed()])
            }
        }
        return polygons
    }

    /// Negative when the ring turns with the clock.
    private static func twiceArea(_ ring: [Point]) -> Double {
        guard var last = ring.last, let origin = ring.first else { return 0 }
        var sum = 0.0
        for point in ring {
            sum += (last.x - origin.x) * (point.y - origin.y) - (point.x - origin.x) * (last.y - origin.y)
            last = point
        }
        return sum
    }

    private static func contains(_ point: Point, in ring: [Point]) -> Bool {
        guard var last = ring.last else { return false }
        var isInside = false
        for corner in ring {
            if (corner.y > point.y) != (last.y > point.y),
                point.x < (last.x - corner.x) * (point.y - corner.y) / (last.y - corner.y) + corner.x
            {
                isInside.toggle()
            }
            last = corner
        }
        return isInside
    }

    /// One record's content, little-endian; every read is checked.
    private struct Shape {
        let content: [UInt8]
        init(_ content: [UInt8]) { self.content = content }

        func integer(_ at: Int) -> Int? {
            guard at >= 0, at + 4 <= content.count else { return nil }
            return Int(
                Int32(truncatingIfNeeded: (0..<4).reversed().reduce(0) { $0 << 8 | Int(content[at + $1]) }))
        }

        func point(_ at: Int) -> Point? {
            guard at >= 0, at + 16 <= content.count else { return nil }
            func double(_ at: Int) -> Double {
                Double(
                    bitPattern: (0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(content[at + $1]) })
            }
            let point = Point(x: double(at), y: double(at + 8))
            return point.x.isFinite && point.y.isFinite ? point : nil
        }

        func points(_ at: Int, _ count: Int) -> [Point]? {
            guard count >= 0, count <= content.count / 16, at + count * 16 <= content.count else {
                return nil
            }
            var points: [Point] = []
            points.reserveCapacity(count)
            for index in 0..<count {
                guard let point = point(at + index * 16) else { return nil }
                points.append(point)
            }
            return points
        }

        /// Lines or rings.
        func parts() -> [[Point]]? {
            guard let partCount = integer(36), let pointCount = integer(40), partCount > 0,
                partCount <= content.count / 4, let points = points(44 + partCount * 4, pointCount)
            else { return nil }
            var starts: [Int] = []
            for index in 0..<partCount {
                guard let start = integer(44 + index * 4), start >= starts.last ?? 0, start < pointCount
                else {
                    return nil
                }
                starts.append(start)
            }
            return starts.enumerated().map { index, start in
                Array(points[start..<(index + 1 < starts.count ? starts[index + 1] : pointCount)])
            }
        }
    }
}
