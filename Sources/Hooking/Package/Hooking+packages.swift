package import Cryptography
import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Packages that were carried here: verified whole before anything of them is taken in.
extension Hooking {
    /// Takes a package in and publishes what it holds, in the background. The same package again is the filing that is there already.
    ///
    /// It must belong to `hook`; without one the package's own word counts. With `waits` it answers when the publication has ended.
    ///
    /// - Throws: `PackageFault` naming the member; `CryptographyError.signerUnknown` and its like; what a filing can be refused for.
    package func receive(
        packageAt path: String, of hook: HookID? = nil, trusting keys: TrustedKeys? = nil,
        waits: Bool = false, by principal: Principal
    ) async throws -> Filing {
        let verified = try VerifiedPackage(
            path, trusting: keys ?? parts.trustedKeys, bytesMax: packageBytesMax)
        let package = verified.package
        if let recipient = package.recipient, recipient != parts.evidence.node {
            throw PackageFault.otherRecipient(recipient)
        }
        let found = try await self.hook(of: package.entry, for: principal)
        guard let found, hook == nil || hook == found.id else { throw HookingError.notFound }
        if let known = try await taken(package, of: found.id) { return known }
        guard package.table != nil else {
            guard let period = package.period, let reason = package.reason else {
                throw PackageFault.manifestMalformed(member: "period")
            }
            return try await fileNothing(
                for: period, of: found.id, because: reason, through: .package, in: package.id, by: principal)
        }
        try Self.requireColumns(of: package, found)
        let upload = try await unpack(verified, for: found, by: principal)
        let sending = Sending(
            upload, for: package.period, package.manner, through: .package, in: package.id)
        return waits
            ? try await fileToEnd(sending, of: found.id, by: principal)
            : try await file(sending, of: found.id, by: principal)
    }

    private var packageBytesMax: Int {
        Int(clamping: parts.limits.fileBytesMax) + SealedArchive.manifestBytesMax + 4
            * PackageArchive.blockBytes
            + PackageArchive.endBytes
    }

    /// A filing of this package that counts; one that was undone refuses the package for good: an old medium must not bring old
    /// content back.
    private func taken(_ package: DataPackage, of hook: HookID) async throws -> Filing? {
        let filings = try await parts.database.read {
            try FilingStore().filings(of: hook, package: package.id, in: $0)
        }
        if filings.contains(where: { $0.undoneAt != nil }) { throw PackageFault.takenBefore }
        return filings.first(where: \.counts)
    }

    private static func requireColumns(of package: DataPackage, _ hook: Hook) throws(PackageFault) {
        guard let mapping = package.mapping else { return }
        let (theirs, ours) = (mapping.schema, hook.mapping.schema)
        guard theirs != ours else { return }
        let strangers = theirs.filter { !ours.contains($0) } + ours.filter { !theirs.contains($0) }
        var names: [String] = []
        for column in strangers where !names.contains(column.name) { names.append(column.name) }
        throw .otherColumns(names)
    }

    private func unpack(
        _ verified: VerifiedPackage, for hook: Hook, by principal: Principal
    ) async throws -> Upload {
        try FileManager.default.createDirectory(
            atPath: uploadsFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Named as what the hourly round removes when this process dies over it.
        let path = "\(uploadsFolder)/\(UploadID.new()).part"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try verified.unpack(to: path)
        let name = verified.package.table?.name ?? ""
        return try await upload(
            path, named: name, .moving, for: hook.entry, under: .publishVersion,
            through: .package, by: principal)
    }
}
