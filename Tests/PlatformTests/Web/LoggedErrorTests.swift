import Testing

@testable import Web

@Suite struct `An unforeseen error in the log` {
    @Test(arguments: [
        (
            #"Lake.SourceError.engine("Could not convert string \"John Smith\" to INT32")"#,
            #"Lake.SourceError.engine("Could not convert string \"…\" to INT32")"#
        ),
        ("Conversion Error: '441602199001011234' is out of range", "Conversion Error: '…' is out of range"),
        ("Key (id_card)=(441602199001011234) already exists", "Key (id_card)=(…) already exists"),
        ("near line 12: 441602199001011234", "near line 12: …"),
        ("column 姓名 of 张三 at row 7", "column … of … at row 7"),
        ("it's whole", "it's whole"),
    ]) func `keeps its kind and leaves the values it met`(_ message: String, _ kept: String) {
        #expect(LoggedError.bare(message) == kept)
    }

    @Test func `is bounded`() {
        let long = String(repeating: "x y ", count: 10_000)
        #expect(LoggedError.bare(long).utf8.count <= LoggedError.charactersMax)
    }
}

@Suite struct `A trace` {
    private let given = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test func `is the caller's when it is well formed`() {
        #expect(TraceID(traceparent: "00-\(given)-00f067aa0ba902b7-01").text == given)
    }

    @Test(arguments: [
        nil, "", "00-441602199001011234-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    ]) func `is a new one otherwise`(_ header: String?) {
        let text = TraceID(traceparent: header).text
        #expect(text.utf8.count == 32 && text != given)
        #expect(TraceID(traceparent: header).text != text)
    }
}
