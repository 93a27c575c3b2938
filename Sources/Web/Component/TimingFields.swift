package import Kernel

extension Timing.Days {
    /// As a choice among others.
    package func option(chosen: String) -> Field.Option {
        Field.Option(rawValue, .word(message), isChosen: rawValue == chosen)
    }
}

extension Timing {
    /// The day that a choice `days` asks for: of the week, or of the month's working days.
    package static func dayFields(weekday: String, workingDay: String) -> [Field] {
        [
            Field.select(
                "weekday", weekdayTitle,
                (1...7).map { day in
                    Field.Option(
                        String(day), .word(message(ofWeekday: day)), isChosen: String(day) == weekday)
                }
            ).asked(when: "days", is: [Days.weekly.rawValue]),
            Field.number("workingDay", workingDayTitle, value: workingDay)
                .hint(workingDayHint)
                .asked(when: "days", is: [Days.monthly.rawValue]),
        ]
    }
}
