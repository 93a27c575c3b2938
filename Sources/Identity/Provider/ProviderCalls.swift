internal import Curl
internal import Dispatch
internal import Foundation
internal import Kernel

/// The calls that are made of a provider: only to hosts of the file, with a certificate that is checked, short, small, and led nowhere else.
struct ProviderCalls: Sendable {
    /// For a whole answer.
    let secondsMax: Int

    private static let queue = DispatchQueue(label: "headwaters.provider", attributes: .concurrent)

    /// Of status 200.
    func get(_ url: String, of provider: IdentityProvider, bytesMax: Int) async throws(ProviderFault)
        -> [UInt8]
    {
        let answer = try await send(url, .get, [("Accept", "application/json")], [], provider, bytesMax)
        guard answer.status == 200 else { throw .answerWrong }
        return answer.body
    }

    func post(
        _ url: String, _ form: [(String, String)], _ headers: [(name: String, value: String)],
        of provider: IdentityProvider, bytesMax: Int
    ) async throws(ProviderFault) -> HTTPAnswer {
        let body = form.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        let all =
            [
                (name: "Accept", value: "application/json"),
                (name: "Content-Type", value: "application/x-www-form-urlencoded"),
            ] + headers
        return try await send(url, .post, all, Array(body.utf8), provider, bytesMax)
    }

    /// Unreserved characters stand for themselves (RFC 3986 §2.3).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + [byte].hex.uppercased()
            }
        }.joined()
    }

    private func send(
        _ url: String, _ method: HTTPCall.Method, _ headers: [(name: String, value: String)], _ body: [UInt8],
        _ provider: IdentityProvider, _ bytesMax: Int
    ) async throws(ProviderFault) -> HTTPAnswer {
        guard let address = provider.admits(url) else { throw .hostNotNamed }
        let call = HTTPCall(
            url: url, method: method, headers: headers, body: body, secondsMax: secondsMax,
            answerBytesMax: bytesMax, authoritiesFile: provider.authoritiesFile,
            admits: { bytes in NetworkAddress(network: bytes).map(address.admits) ?? false },
            isCancelled: { false })
        let outcome = await withCheckedContinuation {
            (done: CheckedContinuation<Result<HTTPAnswer, HTTPFailure>, Never>) in
            Self.queue.async {
                done.resume(
                    returning: Result { () throws(HTTPFailure) in try HTTPConnection().perform(call) })
            }
        }
        switch outcome {
        case .success(let answer):
            guard !(300..<400).contains(answer.status) else { throw .redirected }
            return answer
        case .failure(let failure): throw ProviderFault(failure)
        }
    }
}

extension ProviderFault {
    fileprivate init(_ failure: HTTPFailure) {
        self =
            switch failure {
            case .unresolved, .unconnected, .cancelled, .broken: .unreachable
            case .addressRefused: .addressRefused
            case .tls: .untrusted
            case .timedOut: .tooSlow
            case .answerTooLarge: .answerTooLarge
            }
    }
}
