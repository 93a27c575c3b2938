import Casework
import Hummingbird
import Identity
import Kernel
import Web

/// 卷宗: the case as one bundle to print, and as a file with proofs for the archive.
extension ExchangeSite {
    func dossierRoutes(_ routes: inout Routes) {
        routes.get("/requests/:id/dossier", .anyOf(Self.actsOfRequests)) { visit in
            let request = try await exchange.request(visit.id(), for: visit.principal)
            let dossier = try await dossier(of: request, visit)
            return try visit.page(
                DossierPage(
                    dossier, of: try await page(request, visit), grant: request.grant,
                    at: visit.now))
        }
        routes.get("/requests/:id/dossier.json", .anyOf(Self.actsOfRequests)) { visit in
            let request = try await exchange.request(visit.id(), for: visit.principal)
            return visit.download(
                text: try await dossier(of: request, visit).json.pretty + "\n",
                as: "\(request.file.title)-\(request.id).json", type: "application/json")
        }
    }

    private func dossier(of request: SharingRequest, _ visit: Visit) async throws -> CaseDossier {
        let neighbours = neighbours
        return try await exchange.dossier(of: request.id, for: visit.principal) {
            try await neighbours.names(in: $0)
        }
    }
}
