import DuckDB

/// VARCHAR → VARCHAR: what a text looks like, run by run: `9{4}-A{1}a{2}` of `2026-Abc`. Digits are 9, Latin letters A and a, ideographs
/// 汉; whatever else there is stands for itself, each after a `\` where it could be read as one of these. NULL for a text too long
/// to be of one shape.
final class TextShape: ScalarFunction {
    let name = "hw_shape"
    let parameters: [DuckType] = [.text]
    let result = DuckType.text
    static let textBytesMax = 120

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) {
        var shape: [UInt8] = []
        for row in 0..<rows {
            guard let bytes = input[0].bytes(row), bytes.count <= Self.textBytesMax else {
                output.setNull(row)
                continue
            }
            shape.removeAll(keepingCapacity: true)
            Self.write(String(decoding: bytes, as: UTF8.self).unicodeScalars, into: &shape)
            shape.withUnsafeBufferPointer { output.set(row, text: $0) }
        }
    }

    private static func write(_ scalars: String.UnicodeScalarView, into shape: inout [UInt8]) {
        var run: Unicode.Scalar?
        var length = 0
        func end() {
            guard let run else { return }
            shape.append(contentsOf: String(run).utf8)
            shape.append(contentsOf: "{\(length)}".utf8)
        }
        for scalar in scalars {
            let kind = self.kind(of: scalar)
            if let kind, kind == run {
                length += 1
                continue
            }
            end()
            (run, length) = (kind, 1)
            if kind == nil {
                if ["9", "A", "a", "汉", "{", "\\"].contains(scalar) { shape.append(UInt8(ascii: "\\")) }
                shape.append(contentsOf: String(scalar).utf8)
            }
        }
        end()
    }

    private static func kind(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x30...0x39: "9"
        case 0x41...0x5A: "A"
        case 0x61...0x7A: "a"
        case 0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: "汉"
        default: nil
        }
    }
}
