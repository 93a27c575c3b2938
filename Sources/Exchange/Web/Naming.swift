import Casework
import Kernel

extension ExchangeSite.Neighbours {
    /// Today's names of units.
    func names(_ parties: some Sequence<PartyID>) async throws -> [PartyID: String] {
        var names: [PartyID: String] = [:]
        for party in Set(parties) { names[party] = try await partyName(party) }
        return names
    }

    /// Today's titles of posts; those that have none are left out.
    func titles(_ posts: some Sequence<PostID>) async throws -> [PostID: String] {
        var titles: [PostID: String] = [:]
        for post in Set(posts) { titles[post] = try await postTitle(post) }
        return titles
    }

    /// What the units and posts in a case's record are called, by their ids.
    func names(in file: Case) async throws -> [String: String] {
        let parties = try await names(Array(file.seats.values) + file.history.compactMap(\.party))
        let posts = try await titles(file.history.compactMap(\.post))
        return Dictionary(uniqueKeysWithValues: parties.map { ($0.key.text, $0.value) })
            .merging(posts.map { ($0.key.text, $0.value) }) { party, _ in party }
    }
}
