import Testing

@Suite struct `The Domain tests` {
    @Test func `are linked`() {}
}
