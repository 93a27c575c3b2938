package import Kernel
package import Persistence

/// What other cases make of a case that moved or fell silent, in the same transaction; the domain that follows it passes it in.
package struct CaseFollowing: Sendable {
    /// After an act.
    package let acted: @Sendable (CaseStore, Case, Instant, any Connection) throws -> Void
    /// After a clock rose to a level of 督办; once for each level.
    package let lapsed: @Sendable (CaseStore, Case, CaseLapse, Instant, any Connection) throws -> Void
    /// Whether the levels of a clock wait, because something else was agreed.
    package let isHeld: @Sendable (CaseStore, Case, CaseClock, CalendarDate, any Connection) throws -> Bool

    package init(
        acted: @escaping @Sendable (CaseStore, Case, Instant, any Connection) throws -> Void,
        lapsed: @escaping @Sendable (CaseStore, Case, CaseLapse, Instant, any Connection) throws -> Void,
        isHeld:
            @escaping @Sendable (CaseStore, Case, CaseClock, CalendarDate, any Connection) throws -> Bool
    ) {
        self.acted = acted
        self.lapsed = lapsed
        self.isHeld = isHeld
    }

    package static let none = CaseFollowing(
        acted: { _, _, _, _ in }, lapsed: { _, _, _, _, _ in }, isHeld: { _, _, _, _, _ in false })
}

/// A deadline that passed in silence, as the round found it.
package struct CaseLapse: Sendable, Hashable {
    package let clock: CaseClock
    /// Among the case's clocks.
    package let position: Int
    package let reading: ClockReading
    package let level: SupervisionLevel

    package init(clock: CaseClock, position: Int, reading: ClockReading, level: SupervisionLevel) {
        self.clock = clock
        self.position = position
        self.reading = reading
        self.level = level
    }
}
