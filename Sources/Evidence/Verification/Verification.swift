package import Cryptography
internal import Foundation
internal import Kernel

/// Checks an exported log without the database and without trusting anything in it: keys come from the caller.
///
/// Every record is hashed, the chain and the tree are built again, and each checkpoint's signature, order, root and chain are
/// compared; so are those of a witness file, which knows what was cut off.
package struct Verification: Sendable {
    package struct Report: Sendable, Hashable {
        package let node: String
        package let leaves: Int64
        package let checkpoints: Int
        package let witnessed: Int
        package let last: Checkpoint
    }

    package static let lineBytesMax = 2 << 20
    private let keys: TrustedKeys

    package init(trusting keys: TrustedKeys) { self.keys = keys }

    /// Throws the first `VerificationFault`, or `EvidenceError.fileUnreadable`.
    package func check(
        folder: String, witness: String? = nil, progress: (Int64, Int64) -> Void = { _, _ in }
    ) throws -> Report {
        let checkpoints = try signed(
            "\(folder)/\(EvidenceExport.checkpointsName)", source: .export, toleratingCutOff: false)
        guard let last = checkpoints.last else { throw VerificationFault.nothing }
        let witnessed = try witness.map { try signed($0, source: .witness, toleratingCutOff: true) } ?? []
        for checkpoint in witnessed
        where checkpoint.node != last.node || checkpoint.root.algorithm != last.root.algorithm {
            throw VerificationFault.otherLog(size: checkpoint.size, node: checkpoint.node, where: .witness)
        }
        try compareLeaves("\(folder)/\(EvidenceExport.leavesName)", checkpoints, witnessed, progress)
        return Report(
            node: last.node, leaves: last.size, checkpoints: checkpoints.count, witnessed: witnessed.count,
            last: last)
    }

    /// A file of checkpoints that each are signed by a trusted key and name the one before.
    private func signed(
        _ path: String, source: VerificationFault.Source, toleratingCutOff: Bool
    ) throws -> [Checkpoint] {
        let reader = try LineReader(path: path, lineBytesMax: WitnessFile.lineBytesMax)
        var checkpoints: [Checkpoint] = []
        var number: Int64 = 0
        while let line = try reader.next() {
            number += 1
            if reader.isCutOff && toleratingCutOff { break }
            guard !reader.isCutOff, let json = try? JSON.parse(Array(line)),
                let envelope = try? Envelope(json),
                // One form only, so that nothing unsigned hides in spaces or order.
                json.canonicalBytes.elementsEqual(line)
            else { throw VerificationFault.checkpointMalformed(line: number, where: source) }
            let checkpoint: Checkpoint
            do {
                checkpoint = try Checkpoint(envelope, trusting: keys)
            } catch let error as any ProblemConvertible {
                throw VerificationFault.checkpointRefused(
                    line: number, where: source, reason: error.problem.message)
            }
            if let before = checkpoints.last {
                guard checkpoint.node == before.node, checkpoint.root.algorithm == before.root.algorithm
                else {
                    throw VerificationFault.otherLog(
                        size: checkpoint.size, node: checkpoint.node, where: source)
                }
                guard checkpoint.size > before.size, checkpoint.previous == before.digest else {
                    throw VerificationFault.checkpointMisplaced(size: checkpoint.size, where: source)
                }
            } else if checkpoint.previous != nil && source == .export {
                throw VerificationFault.checkpointMisplaced(size: checkpoint.size, where: source)
            }
            checkpoints.append(checkpoint)
        }
        return checkpoints
    }

    private func compareLeaves(
        _ path: String, _ checkpoints: [Checkpoint], _ witnessed: [Checkpoint],
        _ progress: (Int64, Int64) -> Void
    ) throws {
        guard let last = checkpoints.last else { return }
        var walk = LeafWalk(hasher: TreeHasher(last.root.algorithm), node: last.node)
        var rest = (export: Pending(checkpoints, .export), witness: Pending(witnessed, .witness))
        let reader = try LineReader(path: path, lineBytesMax: Self.lineBytesMax)
        while let line = try reader.next() {
            guard !reader.isCutOff else {
                throw VerificationFault.truncated(found: walk.edge.size, signed: last.size, where: .export)
            }
            if walk.edge.size >= last.size {
                throw VerificationFault.unsigned(first: walk.edge.size, id: LeafWalk.id(in: line))
            }
            try walk.add(line)
            try rest.export.compare(walk)
            try rest.witness.compare(walk)
            if walk.edge.size % 100_000 == 0 { progress(walk.edge.size, last.size) }
        }
        try rest.export.demandNone(after: walk)
        try rest.witness.demandNone(after: walk)
        progress(walk.edge.size, last.size)
    }
}

/// Checkpoints that the walk has not come to yet.
private struct Pending {
    private let checkpoints: [Checkpoint]
    private let source: VerificationFault.Source
    private var position = 0

    init(_ checkpoints: [Checkpoint], _ source: VerificationFault.Source) {
        self.checkpoints = checkpoints
        self.source = source
    }

    mutating func compare(_ walk: borrowing LeafWalk) throws {
        guard position < checkpoints.count, checkpoints[position].size == walk.edge.size else { return }
        let next = checkpoints[position]
        guard walk.edge.root.bytes == next.root.bytes, walk.chain.bytes == next.chain.bytes else {
            let first = position > 0 ? checkpoints[position - 1].size : 0
            throw VerificationFault.rewritten(first: first, size: next.size, where: source)
        }
        position += 1
    }

    func demandNone(after walk: borrowing LeafWalk) throws {
        guard position < checkpoints.count, let last = checkpoints.last else { return }
        throw VerificationFault.truncated(found: walk.edge.size, signed: last.size, where: source)
    }
}

/// The log as it is built again, line by line.
struct LeafWalk {
    private let hasher: TreeHasher
    private(set) var chain: TreeHash
    private(set) var edge: RightEdge

    init(hasher: TreeHasher, node: String) {
        self.hasher = hasher
        chain = hasher.origin(node: node)
        edge = RightEdge(hasher)
    }

    private static let head = Array("{\"chain\":\"".utf8)
    private static let indexLabel = Array("\",\"index\":".utf8)
    private static let leafLabel = Array(",\"leaf\":".utf8)

    /// `{"chain":"<64 hex>","index":<n>,"leaf":{…}}`, to the byte. The byte before the leaf is overwritten.
    mutating func add(_ line: UnsafeMutableRawBufferPointer) throws {
        let malformed = VerificationFault.leafMalformed(line: edge.size + 1)
        var at = 0
        guard Self.skip(Self.head, in: line, &at), let said = Self.hash(in: line, &at),
            Self.skip(Self.indexLabel, in: line, &at), let index = Self.number(in: line, &at),
            Self.skip(Self.leafLabel, in: line, &at), at + 2 < line.count,
            line[line.count - 1] == UInt8(ascii: "}")
        else { throw malformed }
        guard index == edge.size else {
            throw VerificationFault.leafMisplaced(expected: edge.size, found: index, id: Self.id(in: line))
        }
        let leaf = hasher.leafInPlace(
            UnsafeMutableRawBufferPointer(rebasing: line[(at - 1)..<(line.count - 1)]))
        chain = hasher.chain(chain, leaf)
        guard chain == said else {
            throw VerificationFault.leafChanged(index: index, id: Self.id(in: line))
        }
        edge.add(leaf)
    }

    /// For naming a record that may be anything.
    static func id(in line: UnsafeMutableRawBufferPointer) -> String {
        let text = String(decoding: line, as: UTF8.self)
        guard let start = text.range(of: ",\"id\":\"") else { return "?" }
        let id = text[start.upperBound...].prefix(36)
        return LeafID(String(id))?.text ?? "?"
    }

    private static func skip(_ label: [UInt8], in line: UnsafeMutableRawBufferPointer, _ at: inout Int)
        -> Bool
    {
        guard line.count - at >= label.count else { return false }
        for place in label.indices where label[place] != line[at + place] { return false }
        at += label.count
        return true
    }

    private static func number(in line: UnsafeMutableRawBufferPointer, _ at: inout Int) -> Int64? {
        let start = at
        var number: Int64 = 0
        while at < line.count, case let digit = line[at] &- 48, digit < 10, at - start < 18 {
            number = number * 10 + Int64(digit)
            at += 1
        }
        let hasLeadingZero = at - start > 1 && line[start] == 48
        return at == start || hasLeadingZero ? nil : number
    }

    private static func hash(in line: UnsafeMutableRawBufferPointer, _ at: inout Int) -> TreeHash? {
        guard line.count - at >= 64 else { return nil }
        var isHex = true
        let start = at
        let hash = TreeHash.filled { out in
            for place in 0..<32 {
                let (high, low) = (
                    digit[Int(line[start + 2 * place])], digit[Int(line[start + 2 * place + 1])]
                )
                isHex = isHex && high < 16 && low < 16
                out[place] = high << 4 | low
            }
        }
        at += 64
        return isHex ? hash : nil
    }

    /// The value of a lower-case hexadecimal digit, 255 for any other byte.
    private static let digit: [UInt8] = (0...255).map { (byte: UInt8) in
        switch byte {
        case 48...57: byte - 48
        case 97...102: byte - 87
        default: 255
        }
    }
}
