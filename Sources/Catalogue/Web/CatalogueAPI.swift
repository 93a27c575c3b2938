package import Kernel
import Web

/// `/api/v1/entries`: the same list and the same entry as the pages, for programs.
func apiRoutes(_ routes: inout Routes, _ catalogue: Catalogue) {
    routes.get("/api/v1/entries", .public, describing: .listEntries) { visit in
        let number = Int(visit.query["after"]) ?? 1
        let request = EntryPageRequest(number: number, size: Int(visit.query["limit"]) ?? 50)
        let page = try await catalogue.list(EntryFilter(visit.query), page: request, for: visit.principal)
        let hasMore = request.number * request.size < page.total
        return visit.json(items: page.rows.map(\.json), next: hasMore ? String(request.number + 1) : nil)
    }
    routes.get("/api/v1/entries/:id", .public, describing: .readEntry) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        return visit.json(entry.json, etag: String(entry.revision))
    }
}

extension EntrySummary {
    package var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id.text), "owner": .string(owner.text), "state": .string(state.rawValue),
            "title": .string(title), "category": .string(category), "provider": .string(provider),
            "abstract": .string(abstract), "itemCount": .integer(Int64(itemCount)),
            "listedAt": .string(listedAt.description),
        ]
        if !resourceCode.isEmpty { members["resourceCode"] = .string(resourceCode) }
        if let shareType { members["shareType"] = .string(shareType.rawValue) }
        if let openType { members["openType"] = .string(openType.rawValue) }
        if let updateCycle { members["updateCycle"] = .string(updateCycle.rawValue) }
        if let publishDate { members["publishDate"] = .string(publishDate.description) }
        if let grade { members["grade"] = .string(grade) }
        if let proposal { members["proposal"] = .string(proposal.rawValue) }
        return .object(members)
    }
}

extension Entry {
    /// With the proposal where the reader may see one.
    package var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id.text), "owner": .string(owner.text), "state": .string(state.rawValue),
            "revision": .integer(Int64(revision)), "card": card.json,
            "changedAt": .string(changedAt.description),
        ]
        if let proposal {
            members["proposal"] = .object([
                "stage": .string(proposal.stage.rawValue), "card": proposal.card.json,
            ])
        }
        return .object(members)
    }
}
