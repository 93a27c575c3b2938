import Testing

@Suite struct `The Platform tests` {
    @Test func `are linked`() {}
}
