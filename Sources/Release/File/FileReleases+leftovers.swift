import Foundation
import Kernel
import Lake
import Persistence

extension FileReleases {
    /// Of the folder that a file is made in.
    static let workSuffix = ".making"
    private static let idsPerLook = 500

    /// Removes what processes that are gone left: files half made, and whole ones whose release never settled. Nobody could have
    /// fetched either. Answers how many.
    @discardableResult
    package func removeLeftovers() async throws -> Int {
        var removed = WorkFolder.removeAbandoned(in: folder) { $0.hasSuffix(Self.workSuffix) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var rest = names.compactMap { ReleaseID($0) }[...]
        while !rest.isEmpty {
            let ids = Array(rest.prefix(Self.idsPerLook))
            rest = rest.dropFirst(ids.count)
            let unsettled = try await database.read { [store] in try store.unsettled(of: ids, in: $0) }
            for id in unsettled where (try? FileManager.default.removeItem(atPath: path(of: id))) != nil {
                removed += 1
            }
        }
        return removed
    }
}
