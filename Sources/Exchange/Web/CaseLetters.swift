import Kernel
package import Web

/// The letters of a case on its page: what there is, and where new ones begin. `Server` passes it in.
package struct CaseLetters: Sendable {
    package let table: Table
    package let acts: [Act]

    package init(_ table: Table, _ acts: [Act]) {
        self.table = table
        self.acts = acts
    }

    static let sample = CaseLetters(
        Table(
            id: "letters", caption: Message("exchange.letters"),
            columns: [Table.Column(Message("exchange.letters"))], rows: [[Table.Cell(.data("河数〔2026〕12号"))]],
            empty: EmptyState(Message("exchange.letters"))),
        [Act(Message("exchange.letters"), "/letters")])
}
