import CCurl
import Glibc

/// Calls one after the other, for one thread: each blocks until it is answered. The connection is kept between calls to the same
/// place; a place is judged when it is connected to.
package final class HTTPConnection: @unchecked Sendable {
    /// `CURL_GLOBAL_DEFAULT`.
    private static let allParts = 3
    static let isReady = curl_global_init(allParts) == CURLE_OK
    private static let connectSecondsMax = 5

    private let handle: UnsafeMutableRawPointer

    package init() throws(HTTPFailure) {
        guard Self.isReady, let handle = curl_easy_init() else { throw .broken(code: -1) }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Redirects are answers like others: nothing follows them.
    package func perform(_ call: HTTPCall) throws(HTTPFailure) -> HTTPAnswer {
        let exchange = Exchange(call)
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        var headers: UnsafeMutablePointer<curl_slist>?
        // `Expect` would hold back a body for a second where a server does not know it.
        for (name, value) in call.headers + [(name: "Expect", value: "")] {
            headers = curl_slist_append(headers, value.isEmpty ? "\(name):" : "\(name): \(value)") ?? headers
        }
        defer { curl_slist_free_all(headers) }
        curl_easy_reset(handle)
        let settings = [
            options(call), shim_curl_headers(handle, headers),
            shim_curl_writer(handle, take, context), exchange.guarding(handle),
        ]
        if let wrong = settings.first(where: { $0 != CURLE_OK }) {
            throw .broken(code: Int(wrong.rawValue))
        }
        let code = withExtendedLifetime(exchange) { curl_easy_perform(handle) }
        guard code == CURLE_OK else { throw Self.failure(code, exchange) }
        var status = 0
        shim_curl_status(handle, &status)
        return HTTPAnswer(status: status, body: exchange.body)
    }

    private func options(_ call: HTTPCall) -> CURLcode {
        let code = Transfer.set(
            [(CURLOPT_URL, call.url), (CURLOPT_PROTOCOLS_STR, "http,https")],
            [
                (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_PATH_AS_IS, 1),
                (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
                (call.method == .post ? CURLOPT_POST : CURLOPT_HTTPGET, 1),
            ], of: handle, authoritiesFile: call.authoritiesFile, secondsMax: call.secondsMax,
            connectSecondsMax: Self.connectSecondsMax)
        guard code == CURLE_OK else { return code }
        return call.method == .post ? shim_curl_body(handle, call.body, call.body.count) : CURLE_OK
    }

    private static func failure(_ code: CURLcode, _ exchange: Exchange) -> HTTPFailure {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .unresolved
        case CURLE_COULDNT_CONNECT: exchange.isRefused ? .addressRefused : .unconnected
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_ABORTED_BY_CALLBACK: .cancelled
        case CURLE_WRITE_ERROR where exchange.isTooLarge:
            .answerTooLarge(bytesMax: exchange.call.answerBytesMax)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER:
            .tls
        default: .broken(code: Int(code.rawValue))
        }
    }
}

/// What became of one call, filled while it runs.
private final class Exchange: Transfer {
    let call: HTTPCall
    var body: [UInt8] = []
    var isTooLarge = false

    init(_ call: HTTPCall) {
        self.call = call
        super.init(admits: call.admits, isCancelled: call.isCancelled)
    }
}

private func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let exchange = Exchange.of(context), let bytes else { return 0 }
    let length = size * count
    guard exchange.body.count + length <= exchange.call.answerBytesMax else {
        exchange.isTooLarge = true
        // Fewer than were given: the transfer ends here.
        return max(0, length - 1)
    }
    exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
    return length
}
