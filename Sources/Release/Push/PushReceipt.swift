import Cryptography
import Kernel
import Lake
import Policy

extension Receipt {
    /// The proof of one push: which rows, by the content digest that was taken of what the table gave back, and which table of whose.
    init(
        node: String, _ release: FileRelease, _ figures: ReleaseFigures, plan: Plan, planDigest: String,
        authorisedLeaf: Digest, settledAt: Instant, emergency: Instant?, target: Push
    ) {
        let common = Receipt(
            node: node, release, figures, plan: plan, planDigest: planDigest,
            authorisedLeaf: authorisedLeaf, settledAt: settledAt, emergency: emergency)
        var members = common.payload.object ?? [:]
        members["target"] = target.place.json
        members["manner"] = .string(target.manner.rawValue)
        members["keyColumns"] = .array(target.keyColumns.map { .string($0) })
        self.init(payload: .object(members))
    }
}
