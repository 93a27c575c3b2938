import Kernel
import Policy
import Testing

@Suite struct `The circumstances of a grant` {
    private static let calendar = try? WorkingDayCalendar(
        tsv:
            "year\t2026\t2026\tsample\nholiday\t2026-10-01\t2026-10-07\t国庆节\nworking\t2026-10-10\t2026-10-10\t国庆节"
    )

    /// 59 seconds into the minute, by the clock on the wall.
    private func occasion(_ day: String, _ time: String, from address: String? = nil) throws -> Occasion {
        let date = try #require(CalendarDate(day))
        let minutes = try #require(OpeningHours.minutes(time))
        return Occasion(
            at: date.start + .seconds(minutes * 60 + 59), from: address, calendar: try #require(Self.calendar)
        )
    }

    private func isOpen(_ hours: OpeningHours, _ occasion: Occasion) -> Bool {
        do throws(PolicyError) {
            try Circumstances([.hours(hours)]).demand(occasion, under: PolicySample.grant)
            return true
        } catch {
            #expect(error == .outsideHours(PolicySample.grant, hours))
            return false
        }
    }

    @Test(arguments: [
        ("2026-10-09", "08:30", true), ("2026-10-09", "17:29", true), ("2026-10-09", "17:30", false),
        ("2026-10-09", "08:29", false), ("2026-10-01", "09:00", false), ("2026-10-11", "09:00", false),
        // A Saturday that is worked in exchange.
        ("2026-10-10", "09:00", true), ("2026-10-09", "00:00", false), ("2026-10-09", "23:59", false),
    ])
    func `hours of working days follow the calendar`(_ day: String, _ time: String, _ isOpen: Bool) throws {
        let hours = OpeningHours(days: .working, from: 510, to: 1_050)
        #expect(try self.isOpen(hours, occasion(day, time)) == isOpen)
    }

    @Test func `days of the week are those of the week, holidays or not`() throws {
        let weekend = OpeningHours(days: .weekdays([6, 7]), from: 0, to: 1_440)
        #expect(try isOpen(weekend, occasion("2026-10-10", "23:59")))
        #expect(try !isOpen(weekend, occasion("2026-10-09", "12:00")))
        let nights = OpeningHours(days: .every, from: 0, to: 360)
        #expect(try isOpen(nights, occasion("2026-10-03", "05:59")))
        #expect(try !isOpen(nights, occasion("2026-10-03", "06:00")))
    }

    @Test(arguments: [
        ("10.20.255.1", true), ("10.21.0.0", false), ("::ffff:10.20.3.4", true), ("2001:db8:9::1", true),
        ("2001:db9::1", false), ("192.0.2.7", true), ("192.0.2.8", false), ("", false), ("nonsense", false),
        ("10.20.3.4, 1.2.3.4", false), ("fe80::1%eth0", false),
    ])
    func `only the networks that are named are answered`(_ address: String, _ isInside: Bool) throws {
        let ranges = ["10.20.0.0/16", "2001:db8::/32", "192.0.2.7"].compactMap { NetworkRange($0) }
        let circumstances = Circumstances([.networks(ranges)])
        let asked = try occasion("2026-10-09", "09:00", from: address)
        if isInside {
            try circumstances.demand(asked, under: PolicySample.grant)
        } else {
            #expect(throws: PolicyError.outsideNetworks(PolicySample.grant)) {
                try circumstances.demand(asked, under: PolicySample.grant)
            }
        }
    }

    @Test func `what is not known of an occasion counts against it`() throws {
        let day = PolicySample.today
        for clause in PolicySample.furtherClauses where [.networks, .hours].contains(clause.kind) {
            #expect(throws: PolicyError.self) {
                try Circumstances([clause]).demand(Occasion(day), under: PolicySample.grant)
            }
        }
        try Circumstances([.minimumRows(9), .tries(perKeyAndDay: 1)]).demand(
            Occasion(day), under: PolicySample.grant)
    }

    @Test func `too few rows are refused without saying how many there are`() throws {
        let circumstances = Circumstances([.minimumRows(20)])
        try circumstances.demand(rows: 20, under: PolicySample.grant)
        for rows: Int64 in [0, 1, 19] {
            #expect(throws: PolicyError.tooFewRows(PolicySample.grant, rowsMin: 20)) {
                try circumstances.demand(rows: rows, under: PolicySample.grant)
            }
        }
    }

    @Test func `what a push cannot hold is refused when the grant is signed, and the rest is held`() throws {
        func codes(_ further: [Clause], _ kinds: Set<DeliveryKind> = [.push]) -> [Refusal.Code] {
            do {
                _ = try Terms(
                    [
                        .columns(["姓名"]), .purpose("核对低保资格"), PolicySample.validity,
                        .mask(column: "姓名", .surname), .totalQuota(rows: 1_000), .delivery(kinds),
                    ] + further, facts: PolicySample.facts(), on: PolicySample.today)
                return []
            } catch {
                if case .refused(let found) = error { return found.map(\.code) }
                return []
            }
        }
        let network = NetworkRange("10.0.0.0/8")
        #expect(codes([.networks([network].compactMap(\.self))]) == [.networksDelivery])
        #expect(codes([.networks([network].compactMap(\.self))], [.csv]).isEmpty)
        #expect(codes([.caseNumber]) == [.caseNotCarried])
        #expect(
            codes([.minimumRows(20), .hours(OpeningHours(days: .working, from: 510, to: 1_050))]).isEmpty)
    }

    @Test func `every one of them is in the plan, its digest and its journey`() throws {
        let facts = EntryFacts(
            entry: PolicySample.entry, provider: PolicySample.provider, sharing: .conditional,
            columns: PolicySample.facts().columns,
            history: VersionHistory(firstPublished: PolicySample.today, newestNumber: 3))
        func plan(_ further: [Clause]) throws -> Plan {
            try Plan(
                Terms(
                    PolicySample.clauses.filter { $0.kind != .delivery } + [.delivery([.csv])] + further,
                    facts: facts, on: PolicySample.today), grant: PolicySample.grant)
        }
        let plain = try plan([])
        var digests = [plain.digest]
        for clause in PolicySample.furtherClauses
        where ![.delivery, .tries, .coordinates].contains(clause.kind) {
            let further = try plan([clause])
            digests.append(further.digest)
            #expect(try PlanCarrier.carried(further) == further)
        }
        #expect(Set(digests).count == digests.count)
        #expect(plain.json["circumstances"] == nil)
    }

    @Test func `a refusal is told at each doubling`() {
        let told = (1...1_000).filter { count in
            PolicyError.rateExceeded(
                PolicySample.grant, .callsPerMinute, limit: 1, retryAfterSeconds: 9, refusals: Int64(count)
            ).isTold
        }
        #expect(told == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
        #expect(PolicyError.outsideNetworks(PolicySample.grant).isTold)
    }
}
