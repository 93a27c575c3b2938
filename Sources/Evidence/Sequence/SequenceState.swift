internal import Cryptography
internal import Kernel
internal import Persistence

/// The one row of `evidence_state`: whose turn it is, and the tree's right edge.
struct SequenceState {
    var token: Int64
    var holder: String
    var until: Instant
    var chain: TreeHash
    var edge: RightEdge

    init(in connection: any Connection, of log: EvidenceLog) throws {
        guard let row = try connection.row("SELECT * FROM evidence_state WHERE id = 1") else {
            throw EvidenceError.notPrepared
        }
        let (node, algorithm): (String, String) = (try row.value("node"), try row.value("algorithm"))
        guard node == log.node, algorithm == log.hasher.algorithm.rawValue else {
            throw EvidenceError.otherLog(node: node)
        }
        token = try row.value("token")
        holder = try row.value("holder")
        until = try row.value("until_at")
        guard let chain = TreeHash(try row.value("chain", as: [UInt8].self)),
            let edge = RightEdge(log.hasher, size: try row.value("size"), bytes: try row.value("peaks"))
        else { throw EvidenceError.damaged("evidence_state") }
        self.chain = chain
        self.edge = edge
    }

    func save(in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE evidence_state SET token = \(token), holder = \(holder), until_at = \(until),
                size = \(edge.size), chain = \(chain.bytes), peaks = \(edge.bytes) WHERE id = 1
            """)
    }
}
