import CCurl
import Glibc

/// Calls one after the other, for one thread: each blocks until it is answered. The connection is kept between calls to the same
/// place; a place is judged when it is connected to.
package final class HTTPConnection: @unchecked Sendable {
    /// `CURL_GLOBAL_DEFAULT`.
    private static let allParts = 3
    static let isReady = curl_global_init(allParts) == CURLE_OK
    private static let connectMillisecondsMax = 5_000

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
            shim_curl_writer(handle, take, context), shim_curl_sockets(handle, openSocket, context),
            shim_curl_watch(handle, watch, context),
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
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, call.url), (CURLOPT_PROTOCOLS_STR, "http,https"),
            // No proxy of the environment: it would connect in our place, to wherever it likes.
            (CURLOPT_PROXY, ""),
        ]
        if !call.authoritiesFile.isEmpty { texts.append((CURLOPT_CAINFO, call.authoritiesFile)) }
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            (CURLOPT_TIMEOUT_MS, call.secondsMax * 1_000),
            (CURLOPT_CONNECTTIMEOUT_MS, min(Self.connectMillisecondsMax, call.secondsMax * 1_000)),
            (CURLOPT_NOPROGRESS, 0), (call.method == .post ? CURLOPT_POST : CURLOPT_HTTPGET, 1),
        ]
        for (option, text) in texts {
            let code = shim_curl_text(handle, option, text)
            if code != CURLE_OK { return code }
        }
        if !call.authoritiesFile.isEmpty {
            // The system's folder of authorities would count beside the file.
            let code = shim_curl_text(handle, CURLOPT_CAPATH, nil)
            if code != CURLE_OK { return code }
        }
        for (option, number) in numbers {
            let code = shim_curl_long(handle, option, number)
            if code != CURLE_OK { return code }
        }
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
private final class Exchange {
    let call: HTTPCall
    var body: [UInt8] = []
    var isTooLarge = false
    var isRefused = false

    init(_ call: HTTPCall) { self.call = call }

    static func of(_ context: UnsafeMutableRawPointer?) -> Exchange? {
        context.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
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

private func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let exchange = Exchange.of(context), let address else { return -1 }
    guard let peer = bytes(of: address), exchange.call.admits(peer) else {
        exchange.isRefused = true
        return -1
    }
    return socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
        address.pointee.protocol)
}

private func watch(
    _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
    Exchange.of(context)?.call.isCancelled() == false ? 0 : 1
}

/// 4 or 16; nil for what is neither IPv4 nor IPv6.
func bytes(of address: UnsafeMutablePointer<curl_sockaddr>) -> [UInt8]? {
    let family = address.pointee.family
    return withUnsafePointer(to: &address.pointee.addr) { pointer in
        let raw = UnsafeRawPointer(pointer)
        switch family {
        case AF_INET:
            let place = raw.assumingMemoryBound(to: sockaddr_in.self)
            return withUnsafeBytes(of: place.pointee.sin_addr) { Array($0) }
        case AF_INET6:
            let place = raw.assumingMemoryBound(to: sockaddr_in6.self)
            return withUnsafeBytes(of: place.pointee.sin6_addr) { Array($0) }
        default: return nil
        }
    }
}
