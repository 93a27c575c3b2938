import Casework
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// The month of deadlines and the calendar that others read.
struct DeadlineSite: Sendable {
    let exchange: Exchange
    let neighbours: ExchangeSite.Neighbours
    private let reads = FeedReads()

    init(exchange: Exchange, neighbours: ExchangeSite.Neighbours) {
        self.exchange = exchange
        self.neighbours = neighbours
    }

    func routes(_ routes: inout Routes, for actions: [Action]) {
        routes.get(InboxLinks.calendar, .anyOf(actions)) { try await show($0, address: nil) }
        routes.post(InboxLinks.feed, .anyOf(actions)) { visit in
            let tray: Inbox.Tray = visit.form["tray"] == Inbox.Tray.unit.rawValue ? .unit : .mine
            let secret = try await exchange.makeFeed(tray, by: visit.principal)
            return try await show(visit, address: visit.origin + InboxLinks.feeds + "/" + secret)
        }
        routes.post(InboxLinks.feedWithdrawal, .anyOf(actions)) { visit in
            try await exchange.withdrawFeed(by: visit.principal)
            return visit.redirect(
                to: InboxLinks.calendar, saying: Notice(.done, Message("exchange.feed-withdrawn")))
        }
        routes.get("\(InboxLinks.feeds)/:secret", .public) { try await feed($0, for: actions) }
    }

    private func show(_ visit: Visit, address: String?) async throws -> Response {
        let tray: Inbox.Tray = visit.query["tray"] == Inbox.Tray.unit.rawValue ? .unit : .mine
        let today = visit.now.date()
        let asked = CalendarDate(visit.query["month"] + "-01") ?? today
        let first = asked.adding(days: 1 - asked.components.day)
        let next = first.adding(days: 32)
        let last = next.adding(days: -next.components.day)
        return try visit.page(
            DeadlinePage(
                DeadlinePage.Content(
                    tray: tray, first: first,
                    dues: try await exchange.dues(tray, of: visit.principal, from: first, through: last),
                    calendar: exchange.cases.calendar, today: today,
                    feed: try await exchange.feed(of: visit.principal), address: address)))
    }

    /// An address that is nobody's, or whose owner has left the post or lost its rights, is not there.
    private func feed(_ visit: Visit, for actions: [Action]) async throws -> Response {
        guard let feed = try await exchange.feed(secret: visit.parameter("secret")),
            let holder = try await neighbours.holder(feed.account, feed.post),
            actions.contains(where: { exchange.permissions.mayEver($0, holder) })
        else { throw Visit.notFound }
        try reads.note(feed.account, at: visit.now)
        let clocks = try await exchange.dueClocks(feed.tray, of: holder)
        let names = try await neighbours.names(clocks.compactMap { Self.other($0, than: holder) })
        let events = clocks.map { clock in
            CalendarText.Event(
                uid: "\(clock.caseID)-\(clock.position)@headwaters", day: clock.due,
                changedAt: clock.changedAt,
                summary: visit.text(
                    Message(
                        "exchange.feed-event",
                        [
                            "kind": clock.kind, "clock": clock.name, "title": clock.title,
                            "unit": Self.other(clock, than: holder).flatMap { names[$0] } ?? "",
                        ])))
        }
        let text = CalendarText(name: visit.text(Message("exchange.feed-name")), events: events).text
        return Response(
            status: .ok,
            headers: [.contentType: CalendarText.mediaType, .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Who asks, or for who asks, who has the data.
    private static func other(_ clock: DueClock, than holder: Principal) -> PartyID? {
        let asking = CaseLinks.asking(clock.seats)
        return asking == holder.party ? CaseLinks.asked(clock.seats) : asking
    }
}

extension Visit {
    /// As the visitor's own browser reaches this site.
    fileprivate var origin: String {
        (visitor.isSecure ? "https://" : "http://") + (request.head.authority ?? "localhost")
    }
}
