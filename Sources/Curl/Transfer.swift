import CCurl
import Glibc

/// What every transfer asks while it runs: whether a place may be connected to, and whether to go on.
class Transfer {
    private let admits: (_ address: [UInt8]) -> Bool
    private let isCancelled: () -> Bool
    /// Whether a place was not admitted.
    fileprivate(set) var isRefused = false

    init(admits: @escaping ([UInt8]) -> Bool, isCancelled: @escaping () -> Bool) {
        self.admits = admits
        self.isCancelled = isCancelled
    }

    /// The transfer behind the context of a callback.
    static func of(_ context: UnsafeMutableRawPointer?) -> Self? {
        context.map { Unmanaged<Self>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Places and the will to go on are asked of this transfer, which must live as long as the handle works.
    func guarding(_ handle: UnsafeMutableRawPointer) -> CURLcode {
        let context = Unmanaged<Transfer>.passUnretained(self).toOpaque()
        let code = shim_curl_sockets(handle, openSocket, context)
        return code == CURLE_OK ? shim_curl_watch(handle, watch, context) : code
    }

    /// The texts and numbers, and what holds for every transfer: TLS is verified, no signal, no proxy, an end.
    static func set(
        _ texts: [(CURLoption, String)], _ numbers: [(CURLoption, Int)], of handle: UnsafeMutableRawPointer,
        authoritiesFile: String, secondsMax: Int, connectSecondsMax: Int
    ) -> CURLcode {
        // No proxy of the environment: it would connect in our place, to wherever it likes.
        var texts: [(CURLoption, String?)] = texts + [(CURLOPT_PROXY, "")]
        if !authoritiesFile.isEmpty {
            // The system's folder of authorities would count beside the file.
            texts += [(CURLOPT_CAINFO, authoritiesFile), (CURLOPT_CAPATH, nil)]
        }
        let numbers =
            numbers + [
                (CURLOPT_NOSIGNAL, 1), (CURLOPT_NOPROGRESS, 0), (CURLOPT_SSL_VERIFYPEER, 1),
                (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
                (CURLOPT_TIMEOUT_MS, secondsMax * 1_000),
                (CURLOPT_CONNECTTIMEOUT_MS, min(connectSecondsMax, secondsMax) * 1_000),
            ]
        for (option, text) in texts {
            let code = shim_curl_text(handle, option, text)
            if code != CURLE_OK { return code }
        }
        for (option, number) in numbers {
            let code = shim_curl_long(handle, option, number)
            if code != CURLE_OK { return code }
        }
        return CURLE_OK
    }

    fileprivate func socket(at address: curl_sockaddr, _ peer: [UInt8]?) -> curl_socket_t {
        guard let peer, admits(peer) else {
            isRefused = true
            return -1
        }
        return Glibc.socket(
            address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    }

    fileprivate var goesOn: Bool { !isCancelled() }
}

private func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let transfer = Transfer.of(context), let address else { return -1 }
    return transfer.socket(at: address.pointee, bytes(of: address))
}

private func watch(
    _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
    Transfer.of(context)?.goesOn == true ? 0 : 1
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
