internal import OpenSSL

/// A digest of a multiset: the same whatever the order of its elements, and parts can be digested apart and merged.
///
/// LtHash (Lewi, Kim, Maykov, Weis: "Securing Update Propagation with Homomorphic Hashing", 2019): each element becomes 1,024
/// numbers of 16 bits, and the sum of each lane modulo 2^16 is the state. A sum of 256-bit hashes would fall to Wagner's
/// generalised birthday attack, an XOR to linear algebra; this one is put at 200 bits. An element is stretched by AES-256-CTR
/// under its SHA-256.
package struct MultisetDigest {
    private static let lanes = 1024

    private var sums = [UInt16](repeating: 0, count: lanes)
    package private(set) var count: UInt64 = 0
    private let stream: KeyStream
    private var scratch = [UInt8](repeating: 0, count: lanes * 2)

    package init() throws(CryptographyError) {
        do {
            stream = try KeyStream(bytesMax: Self.lanes * 2)
        } catch { throw .library("\(error)") }
    }

    package mutating func add(_ element: UnsafeRawBufferPointer) {
        count &+= 1
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { key in
            guard let base = key.baseAddress else { return }
            DigestAlgorithm.sha256.digest(element, into: base)
            scratch.withUnsafeMutableBufferPointer { stream.fill(key: base, into: $0) }
        }
        scratch.withUnsafeBytes { numbers in
            sums.withUnsafeMutableBytes { sums in
                for offset in stride(from: 0, to: Self.lanes * 2, by: 64) {
                    let sum = sums.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt16>.self)
                    let number = numbers.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt16>.self)
                    sums.storeBytes(of: sum &+ number, toByteOffset: offset, as: SIMD32<UInt16>.self)
                }
            }
        }
    }

    package mutating func add(_ element: [UInt8]) { element.withUnsafeBytes { add($0) } }

    /// As if the other's elements had been added here.
    package mutating func merge(_ other: MultisetDigest) {
        count &+= other.count
        for lane in 0..<Self.lanes { sums[lane] &+= other.sums[lane] }
    }

    /// SHA-256 over `context`, the number of elements and the lanes, all little-endian, each part preceded by its length.
    package func digest(context: [UInt8]) -> Digest {
        var running = RunningDigest(.sha256)
        let label = Array("headwaters/multiset/1".utf8)
        for part in [label, context, Self.littleEndian(count), sums.flatMap { Self.littleEndian($0) }] {
            running.update(Self.littleEndian(UInt64(part.count)))
            running.update(part)
        }
        return running.finish()
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
