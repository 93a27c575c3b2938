import Kernel
import Policy
package import Web

/// Where a push begins: on the page of its grant.
extension GrantPage {
    /// Rows go into a table of the recipient's own.
    package struct Pushing: Sendable {
        package let action: String
        /// Nil: the unit has registered none.
        package let target: Field?
        package let isReady: Bool
    }

    static func pushing(_ grant: Grant, _ targets: [PushTarget]) -> Pushing? {
        guard grant.deliveries.contains(.push) else { return nil }
        let options = targets.enumerated().map { position, target in
            Field.Option(
                target.id.text, .data(target.title), isChosen: position == 0)
        }
        return Pushing(
            action: "/grants/\(grant.id)/pushes",
            target: options.isEmpty
                ? nil : Field.select("target", Message("pushing.target"), options).required(),
            isReady: !options.isEmpty)
    }
}
