import Testing

@Suite struct `The Server tests` {
    @Test func `are linked`() {}
}
