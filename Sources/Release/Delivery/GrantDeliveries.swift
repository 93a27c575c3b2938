import Kernel
import Policy
import Web

/// Where a delivery is set up: on the page of its grant.
extension GrantPage {
    static func deliveryAct(_ grant: Grant, _ around: Surroundings) -> Act? {
        guard grant.state == .active, around.may(.releaseRows), !Delivery.formats(under: grant).isEmpty else {
            return nil
        }
        return Act(Message("delivery.new"), "/grants/\(grant.id)/deliveries/new")
    }

    /// Nil where none is there and none can be.
    static func deliveries(_ grant: Grant, _ around: Surroundings, isUsable: Bool) -> Table? {
        let act = isUsable ? deliveryAct(grant, around) : nil
        guard act != nil || !around.deliveries.isEmpty else { return nil }
        return Delivery.table(of: around.deliveries, at: around.now, new: act)
    }
}
