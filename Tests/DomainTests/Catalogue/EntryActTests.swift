import Catalogue
import Kernel
import TestKit
import Testing

@Suite struct `An entry's acts` {
    private let steward = AccountID.new(at: .morning)
    private let colleague = AccountID.new(at: .morning)
    private let reviewer = AccountID.new(at: .morning)
    private let scheme = CategoryScheme.editions[0]
    private let card = EntryCard.sample(code: "202001/000001")

    private func draft() throws -> Entry {
        try Entry.drafted(
            EntryID.new(at: .morning), owner: .new(at: .morning), card: card, by: steward, at: .morning)
    }
    private func submitted() throws -> Entry {
        try draft().submitted(by: steward, scheme: scheme, at: .morning)
    }
    private func published() throws -> Entry {
        try submitted().published(by: reviewer, scheme: scheme, at: .morning)
    }

    @Test func `publish what another person approved, on that day`() throws {
        let entry = try published()
        #expect(entry.state == .published)
        #expect(entry.proposal == nil)
        #expect(entry.card.publishDate == CalendarDate("2026-01-05"))
        #expect(entry.revision == 3)
    }

    @Test func `do not let a proposer approve or return`() throws {
        let entry = try draft().revised(card, by: colleague, at: .morning)
            .submitted(by: steward, scheme: scheme, at: .morning)
        for account in [steward, colleague] {
            #expect(throws: CatalogueError.ownProposal) {
                try entry.published(by: account, scheme: scheme, at: .morning)
            }
            #expect(throws: CatalogueError.ownProposal) {
                try entry.returned(reason: "再核", by: account, at: .morning)
            }
        }
    }

    @Test func `do not let an incomplete draft into review`() throws {
        let entry = try Entry.drafted(
            EntryID.new(at: .morning), owner: .new(at: .morning), card: EntryCard(title: "名称"), by: steward,
            at: .morning)
        #expect(throws: CatalogueError.self) {
            try entry.submitted(by: steward, scheme: scheme, at: .morning)
        }
    }

    @Test func `do not change what is in review`() throws {
        let entry = try submitted()
        #expect(throws: CatalogueError.inReview) { try entry.revised(card, by: steward, at: .morning) }
        #expect(throws: CatalogueError.inReview) {
            try entry.submitted(by: steward, scheme: scheme, at: .morning)
        }
    }

    @Test func `return with a reason or not at all`() throws {
        let entry = try submitted()
        #expect(throws: CatalogueError.reasonNeeded) {
            try entry.returned(reason: " ", by: reviewer, at: .morning)
        }
        let returned = try entry.returned(reason: "摘要过简", by: reviewer, at: .morning)
        #expect(returned.state == .draft)
        #expect(returned.proposal?.returnReason == "摘要过简")
        let again = try returned.submitted(by: steward, scheme: scheme, at: .morning)
        #expect(again.proposal?.returnReason == nil)
    }

    @Test func `draft a new revision without unpublishing`() throws {
        var changed = card
        changed.title = "新名称"
        let entry = try published().revised(changed, by: steward, at: .morning)
        #expect(entry.state == .published)
        #expect(entry.card.title == card.title)
        #expect(entry.proposal?.card.title == "新名称")
        let discarded = try entry.discarded(at: .morning)
        #expect(discarded.proposal == nil)
        #expect(discarded.card.title == card.title)
    }

    @Test func `never change a published code`() throws {
        var changed = card
        changed.resourceCode = "202001/000002"
        #expect(throws: CatalogueError.codeFixed("202001/000001")) {
            try published().revised(changed, by: steward, at: .morning)
        }
    }

    @Test func `withdraw only what is published, with a reason`() throws {
        #expect(throws: CatalogueError.notPublished(.inReview)) {
            try submitted().withdrawn(reason: "停用", at: .morning)
        }
        #expect(throws: CatalogueError.reasonNeeded) { try published().withdrawn(reason: "", at: .morning) }
        let withdrawn = try published().withdrawn(reason: "系统停用", at: .morning)
        #expect(withdrawn.state == .withdrawn)
        let redrafted = try withdrawn.revised(card, by: steward, at: .morning)
        #expect(redrafted.state == .withdrawn)
    }

    @Test func `do not take a first draft away`() throws {
        #expect(throws: CatalogueError.notPublished(.draft)) { try draft().discarded(at: .morning) }
    }

    /// Whatever is tried in whatever order: a published card was approved by someone who never touched it, revisions count
    /// acts one by one, and a refusal changes nothing.
    @Test(arguments: 0..<200) func `keep their promises in any order`(seed: UInt64) throws {
        var random = SampleRandom(seed: seed)
        let people = [steward, colleague, reviewer]
        var entry = try draft()
        var hands: Set<AccountID> = [steward]
        for _ in 0..<40 {
            let actor = people[Int(random.next() % 3)]
            let before = entry
            do throws(CatalogueError) {
                switch random.next() % 7 {
                case 0:
                    entry = try entry.revised(card, by: actor, at: .morning)
                    hands.insert(actor)
                case 1:
                    entry = try entry.submitted(by: actor, scheme: scheme, at: .morning)
                    hands.insert(actor)
                case 2: entry = try entry.recalled(at: .morning)
                case 3: entry = try entry.returned(reason: "退", by: actor, at: .morning)
                case 4:
                    entry = try entry.published(by: actor, scheme: scheme, at: .morning)
                    #expect(!hands.contains(actor))
                    #expect(before.proposal?.stage == .inReview)
                    #expect(entry.card.faults(scheme: scheme).isEmpty)
                    hands = []
                case 5: entry = try entry.withdrawn(reason: "停", at: .morning)
                default:
                    entry = try entry.discarded(at: .morning)
                    hands = []
                }
                #expect(entry.revision == before.revision + 1)
            } catch {
                #expect(entry == before)
            }
            #expect(entry.standing != .unpublished || entry.proposal != nil)
            if let proposers = entry.proposal?.proposers { #expect(proposers == hands) }
        }
    }
}
