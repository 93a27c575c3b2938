import Foundation
import Policy

/// Apart from the other tests, because Foundation has an `Expression` of its own.
enum PlanCarrier {
    static func carried(_ plan: Plan) throws -> Plan {
        try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan))
    }

    static func read(_ text: String) throws -> Plan {
        try JSONDecoder().decode(Plan.self, from: Data(text.utf8))
    }
}
