package import Kernel
package import Web

/// 联调测试 of the grant that a request led to, on its page and in its dossier. `Server` passes it in.
package struct CaseJointTest: Sendable {
    package let sentence: Message
    package let isGood: Bool
    /// Nil before the first.
    package let tests: Table?
    package let href: String

    package init(_ sentence: Message, isGood: Bool, tests: Table, href: String) {
        self.sentence = sentence
        self.isGood = isGood
        self.tests = tests.isEmpty ? nil : tests
        self.href = href
    }

    static let sample = CaseJointTest(
        Message("exchange.joint-test"), isGood: false,
        tests: Table(
            id: "joint-tests", caption: Message("exchange.joint-test"),
            columns: [Table.Column(Message("exchange.joint-test"))],
            rows: [[Table.Cell(.data("2026-11-28"))]],
            empty: EmptyState(Message("exchange.joint-test"))), href: "/grants/1/joint-test")
}
