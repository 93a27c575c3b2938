package import Casework
import Catalogue
import Cryptography
package import Exchange
import Identity
import Kernel
import Lake
package import Letters
import Persistence
import Policy
package import Release

extension Exchange.Rules {
    init(_ settings: Settings) {
        self.init()
        emergencyHours = settings.integer(.emergencyHours)
        lateEntryDaysMax = settings.integer(.lateEntryDays)
        lateEntryConfirmDays = settings.integer(.lateEntryConfirm)
    }
}

/// Desks that hold nothing of their own.
extension Node {
    /// Releases that are taken away on media.
    package var handOvers: HandOverDesk {
        HandOverDesk(
            database: database, evidence: evidence, permissions: permissions, grants: grants,
            receipts: receipts, signer: keys.signer, publicKeys: keys.publicKeys,
            folder: "\(folder.path)/hand-overs",
            sealedFrom: GradeLevel(rawValue: settings.text(.sensitiveFloor)) ?? .l4,
            neighbours: HandOverDesk.Neighbours(
                entryTitle: entryTitle,
                partyName: { [parties, clock] id in
                    try await parties.find(id)?.name(on: clock.now().date()) ?? id.text
                },
                facts: releaseSources.facts), clock: clock)
    }

    /// Exchanges from before day one.
    package var runningExchanges: RunningExchanges {
        let catalogue = catalogue
        return RunningExchanges(
            exchange, evidence: evidence, monthsMax: settings.integer(.runningMonths),
            neighbours: RunningExchanges.Neighbours(
                entries: { name, connection in try catalogue.named(name, in: connection) },
                parties: { name, connection in try Parties.named(name, in: connection).map(\.id) }))
    }

    /// Applications brought as a sheet.
    package var applicationLists: ApplicationLists {
        let catalogue = catalogue
        return ApplicationLists(exchange, evidence: evidence) { name, connection in
            try catalogue.named(name, in: connection)
        }
    }

    /// Entries that need the consent of the department above.
    package var entryConsents: EntryConsents { EntryConsents(exchange, evidence: evidence) }

    /// 预告终止.
    package var announcedEnds: AnnouncedEnds {
        let catalogue = catalogue
        return AnnouncedEnds(
            exchange,
            neighbours: AnnouncedEnds.Neighbours(
                entries: { name, connection in try catalogue.named(name, in: connection) },
                titles: { try Catalogue.titles(of: $0, in: $1) },
                scheduled: { try DeliveryDesk.standing(under: $0, in: $1) }))
    }

    /// Certificates of destruction.
    package var useEnds: UseEnds {
        UseEnds(exchange, evidence: evidence) { grant, connection in
            try FileReleaseStore().takenAway(under: grant, in: connection).map { release in
                EndOfUse.Taken(
                    release: release.id, at: release.authorisedAt, delivery: release.delivery.rawValue,
                    rows: release.rowsOut ?? release.rowsReserved, sha256: release.sha256,
                    target: release.delivery == .push
                        ? try PushStore.table(of: release.id, in: connection) : nil)
            }
        }
    }

    /// 督办: a notice goes out as a letter of the bureau's own series.
    package var supervisions: Supervisions {
        let (letters, clock) = (letters, clock)
        return Supervisions(
            exchange,
            neighbours: Supervisions.Neighbours(
                units: { try await unitNames() },
                letter: { letter, id, to, principal in
                    guard let series = LetterSeriesID(letter.series) else { throw LetterError.seriesNotFound }
                    let enter = try await letters.prepared(
                        LetterDraft(
                            .outgoing, series: series, title: letter.title, counterpart: to,
                            body: letter.body, dated: clock.now().date(), caseID: id), by: principal)
                    return { mandate, now, connection in
                        let entered = try enter(mandate, now, connection)
                        return (entered.id.text, entered.number)
                    }
                }))
    }

    /// 协调 of disputes.
    package var coordinations: Coordinations {
        let letters = letters
        return Coordinations(
            exchange, ends: announcedEnds,
            files: MinutesFiles(
                keep: { path, name, id in
                    let file = try await letters.keep(fileAt: path, named: name, beside: id)
                    return CoordinationMeeting.File(
                        name: file.name, sha256: file.sha256,
                        kept: .init(
                            id: file.id, bytes: file.bytes, mediaType: file.format.mediaType,
                            isScanned: file.isScanned))
                },
                read: { file, id in
                    guard let kept = file.kept else { throw LetterError.fileNotFound }
                    return try letters.kept(kept.id, digested: file.sha256, beside: id)
                }, drop: { letters.drop($0, beside: $1) }), units: { try await unitNames() })
    }

    /// The units of today.
    func unitNames() async throws -> [PartyID: String] {
        let today = clock.now().date()
        let all = try await parties.all(kinds: [.unit, .county], on: today)
        return Dictionary(all.map { ($0.id, $0.name(on: today)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Yearly reports of recipients.
    package var useReports: UseReports {
        UseReports(exchange, evidence: evidence) { grant, start, end, connection in
            try FileReleaseStore().takenAway(under: grant, from: start, before: end, in: connection)
        }
    }

    /// What the city publishes on the working-day calendar.
    package var workingCalendar: WorkingCalendar {
        WorkingCalendar(
            cases: exchange.cases, database: database, permissions: permissions, evidence: evidence,
            clock: clock)
    }

    /// The ground under it.
    static func shippedCalendar() throws -> WorkingDayCalendar {
        try WorkingDayCalendar(tsv: try Profile.shared("china/working-days.tsv"))
    }

    /// 公文: both registers, templates, sealed copies.
    package var letters: Letters {
        Letters(
            Letters.Parts(
                database: database, permissions: permissions, evidence: evidence, digest: keys.digest,
                folder: "\(folder.path)/letters", temporaryFolder: LakeFolder(root: folder.path).temporary,
                tools: OutsideTools(
                    converter: settings.text(.letterConverter), sealer: settings.text(.letterSealer),
                    scanner: settings.text(.letterScanner), secondsMax: settings.integer(.letterToolSeconds),
                    gate: outsideGate), uploads: refusedUploads.gate,
                limits: LetterLimits(fileBytesMax: settings.integer(.letterFileBytes)),
                neighbours: Letters.Neighbours(
                    caseFacts: { try await letterCase($0, for: $1) },
                    partyName: { [parties, clock] id in
                        try await parties.find(id)?.name(on: clock.now().date()) ?? id.text
                    }), clock: clock))
    }

    /// Files and pushes of grants that are made by themselves.
    package var deliveries: DeliveryDesk {
        DeliveryDesk(
            database: database, evidence: evidence, permissions: permissions, grants: grants, files: files,
            pushes: pushes, sources: releaseSources,
            holder: { [accounts, clock] account, post in
                try await accounts.holder(account, in: post, on: clock.now().date())
            }, calendars: calendars, clock: clock)
    }

    /// As stewards call it today, published or not.
    var entryTitle: @Sendable (EntryID) async throws -> String {
        { [catalogue, database] id in
            let entry = try await database.read { try catalogue.stored(id, in: $0) }
            return entry?.card.title ?? id.text
        }
    }
}
