import Foundation
import Kernel
import TestKit
import Testing
import Web

private func query(_ text: Substring) throws -> TableQuery {
    TableQuery(
        path: "/catalogue", query: try SubmittedForm(urlEncoded: text), sortable: ["name", "rows"],
        order: "-rows")
}

@Suite struct `A list's query` {
    @Test func `sorts only by what may be sorted by`() throws {
        #expect(try query("sort=name").sort == "name")
        #expect(try query("sort=-name").isDescending)
        #expect(try query("sort=password").sort == "rows")
        #expect(try query("").isDescending)
    }

    @Test func `turns a column's order round and goes back to the first page`() throws {
        let column = try query("q=a%26b&sort=name&after=x").column("name", Message("web.home"))
        #expect(column.sortHref == "/catalogue?q=a%26b&sort=-name")
        #expect(column.order == "ascending")
    }

    @Test func `exports all rows of the same filter`() throws {
        let query = try query("q=a&after=x")
        #expect(query.exportHref == "/catalogue?q=a&format=csv")
        #expect(
            try TableQuery(
                path: "/", query: SubmittedForm(urlEncoded: "format=csv"), sortable: [], order: "name"
            ).limit == 10_000)
    }
}

@Suite struct `A table as CSV` {
    private func csv(_ cell: String) -> String {
        Table(
            id: "t", caption: Message("web.home"), columns: [Table.Column(Message("web.password"))],
            rows: [[.init(.data(cell))]], empty: EmptyState(Message("web.not-found"))
        ).csv(in: .english, webWords)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@x", "'@x"), ("+a", "'+a"), ("-5.2", "-5.2"), ("a,b", "\"a,b\""),
        ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ])
    func `holds no formula and breaks no row`(_ cell: String, _ written: String) {
        #expect(csv(cell) == "\u{FEFF}Password\r\n\(written)\r\n")
    }
}

@Suite struct `A form's errors` {
    @Test func `stand beside their fields and in the summary`() throws {
        let problem = Problem(
            .invalid, Message("web.form-malformed"), places: [.init("name", Message("web.field-needed"))])
        let errors = FormErrors(problem)
        let field = Field.text("name", Message("web.account-name")).checked(errors)
        #expect(field.error == Message("web.field-needed"))
        #expect(errors.items.map(\.href) == ["#\(field.id)"])
        #expect(errors.summary(of: [field])?.items.first?.label == Message("web.account-name"))
        #expect(FormErrors().summary(of: [field]) == nil)
    }
}
