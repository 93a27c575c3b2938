package import Kernel

/// What may happen to an entry. Every act yields the next revision or says why not; nothing here remembers.
extension Entry {
    package enum Act: String, Hashable, Sendable, Codable, CaseIterable {
        case drafted, revised, submitted, recalled, returned, published, withdrawn, discarded
        /// Its unit ended, and another keeps it.
        case succeeded

        package var message: Message { Message("catalogue.act.\(rawValue)") }
    }

    package static func drafted(
        _ id: EntryID, owner: PartyID, card: EntryCard, by account: AccountID, at now: Instant
    ) throws(CatalogueError) -> Entry {
        try demandWithinLimits(card)
        return Entry(
            id: id, owner: owner, standing: .unpublished,
            proposal: Proposal(card: card, stage: .draft, proposers: [account], returnReason: nil),
            revision: 1, createdAt: now, changedAt: now)
    }

    /// A change to the draft, or a first draft beside what is published or withdrawn, which stays as it is meanwhile.
    package func revised(
        _ card: EntryCard, by account: AccountID, at now: Instant
    ) throws(CatalogueError) -> Entry {
        try Self.demandWithinLimits(card)
        if proposal?.stage == .inReview { throw .inReview }
        // The code is how others cite the resource; once published it never changes.
        if standing != .unpublished, card.resourceCode != self.card.resourceCode {
            throw .codeFixed(self.card.resourceCode)
        }
        let proposers = (proposal?.proposers ?? []).union([account])
        return next(
            proposal: Proposal(
                card: card, stage: .draft, proposers: proposers, returnReason: proposal?.returnReason),
            at: now)
    }

    /// 提交审核
    package func submitted(
        by account: AccountID, scheme: CategoryScheme, at now: Instant
    ) throws(CatalogueError) -> Entry {
        guard let proposal else { throw .nothingProposed }
        guard proposal.stage == .draft else { throw .inReview }
        let faults = proposal.card.faults(scheme: scheme)
        guard faults.isEmpty else { throw .incomplete(faults) }
        return next(
            proposal: Proposal(
                card: proposal.card, stage: .inReview, proposers: proposal.proposers.union([account]),
                returnReason: nil),
            at: now)
    }

    /// 撤回: the department takes its own proposal back to the draft.
    package func recalled(at now: Instant) throws(CatalogueError) -> Entry {
        let proposal = try reviewed()
        return next(
            proposal: Proposal(
                card: proposal.card, stage: .draft, proposers: proposal.proposers, returnReason: nil),
            at: now)
    }

    /// 退回: by someone else, always with a reason.
    package func returned(
        reason: String, by account: AccountID, at now: Instant
    ) throws(CatalogueError) -> Entry {
        let proposal = try reviewed()
        if proposal.proposers.contains(account) { throw .ownProposal }
        try Self.demandReason(reason)
        return next(
            proposal: Proposal(
                card: proposal.card, stage: .draft, proposers: proposal.proposers, returnReason: reason),
            at: now)
    }

    /// 发布: the proposal becomes what everyone sees. Validated again, for rules may have changed since it was submitted.
    package func published(
        by account: AccountID, scheme: CategoryScheme, at now: Instant
    ) throws(CatalogueError) -> Entry {
        let proposal = try reviewed()
        if proposal.proposers.contains(account) { throw .ownProposal }
        var card = proposal.card
        if card.publishDate == nil { card.publishDate = now.date() }
        let faults = card.faults(scheme: scheme)
        guard faults.isEmpty else { throw .incomplete(faults) }
        return next(standing: .published(card, at: now), proposal: nil, at: now)
    }

    /// 下架: no longer seen or requested; its history stays.
    package func withdrawn(reason: String, at now: Instant) throws(CatalogueError) -> Entry {
        guard case .published(let card, _) = standing else { throw .notPublished(state) }
        if proposal?.stage == .inReview { throw .inReview }
        try Self.demandReason(reason)
        return next(standing: .withdrawn(card, at: now, reason: reason), proposal: proposal, at: now)
    }

    /// Drops the draft of a new revision; what is published or withdrawn stays. A first draft has nothing to fall back to.
    package func discarded(at now: Instant) throws(CatalogueError) -> Entry {
        guard let proposal else { throw .nothingProposed }
        if proposal.stage == .inReview { throw .inReview }
        guard standing != .unpublished else { throw .notPublished(state) }
        return next(proposal: nil, at: now)
    }

    private func reviewed() throws(CatalogueError) -> Proposal {
        guard let proposal, proposal.stage == .inReview else { throw .notInReview(state) }
        return proposal
    }

    private static func demandWithinLimits(_ card: EntryCard) throws(CatalogueError) {
        let faults = card.limitFaults
        guard faults.isEmpty else { throw .incomplete(faults) }
    }

    private static func demandReason(_ reason: String) throws(CatalogueError) {
        if reason.isBlank { throw .reasonNeeded }
        if reason.count > EntryLimits.reasonCharactersMax {
            throw .incomplete([
                .fault(
                    "reason", "too-long",
                    ["max": String(EntryLimits.reasonCharactersMax), "found": String(reason.count)])
            ])
        }
    }

    private func next(proposal: Proposal?, at now: Instant) -> Entry {
        next(standing: standing, proposal: proposal, at: now)
    }

    private func next(standing: Standing, proposal: Proposal?, at now: Instant) -> Entry {
        Entry(
            id: id, owner: owner, standing: standing, proposal: proposal, revision: revision + 1,
            createdAt: createdAt, changedAt: now)
    }
}
