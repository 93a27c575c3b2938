import Kernel
import Testing

@testable import Policy

@Suite struct `The words of the policy` {
    @Test func `are there for whatever it can say`() {
        #expect(policyWords.faults.isEmpty)
        #expect(explanationWords.faults.isEmpty)
        for code in Refusal.Code.allCases {
            #expect(policyWords.entries["policy.\(code.rawValue)"] != nil, "\(code)")
        }
        for kind in Clause.Kind.allCases {
            #expect(explanationWords.entries["policy.clause-\(kind.rawValue)"] != nil)
        }
        for kind in DeliveryKind.allCases {
            #expect(explanationWords.entries["policy.explain-delivery-\(kind.rawValue)"] != nil)
        }
        for name in Mask.Name.allCases {
            #expect(explanationWords.entries["policy.mask-\(name.rawValue)"] != nil)
        }
        for kind in SharingKind.allCases {
            #expect(explanationWords.entries["policy.sharing-\(kind.rawValue)"] != nil)
        }
        for state in Grant.State.allCases {
            #expect(explanationWords.entries["policy.state-\(state.rawValue)"] != nil)
        }
    }
}
