import Cryptography
import Kernel
import Testing

@Suite struct `Cryptography: one-time passwords` {
    private let ascii = OneTimePassword(secret: Array("12345678901234567890".utf8))

    private func at(_ seconds: Int64) -> Instant { Instant(microseconds: seconds * 1_000_000) }

    /// RFC 6238, appendix B, of whose eight digits the last six are ours.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func `give the standard's codes`(seconds: Int64, code: String) throws {
        #expect(try ascii.code(in: OneTimePassword.period(at: at(seconds))) == code)
    }

    @Test func `are right one period early and late, spaces or not, and only once`() throws {
        let now = at(1_234_567_890)
        let period = OneTimePassword.period(at: now)
        for aside in [-1, 0, 1] as [Int64] {
            let code = try ascii.code(in: period + aside)
            #expect(try ascii.period(of: code, at: now, after: 0) == period + aside)
            #expect(try ascii.period(of: "\(code.prefix(3)) \(code.suffix(3))", at: now, after: 0) != nil)
            #expect(try ascii.period(of: code, at: now, after: period + aside) == nil)
        }
        for aside in [-2, 2] as [Int64] {
            #expect(try ascii.period(of: ascii.code(in: period + aside), at: now, after: 0) == nil)
        }
        for code in ["", "000000", "05924", "0059244", "００５９２４"] {
            #expect(try ascii.period(of: code, at: now, after: 0) == nil, "\(code)")
        }
    }

    @Test func `tell apps their secret as RFC 4648 and the key URI say`() throws {
        #expect(Array("foobar".utf8).base32 == "MZXW6YTBOI" && Array("f".utf8).base32 == "MY")
        #expect(ascii.groups == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
        #expect(
            ascii.address(issuer: "示例 网", account: "a@b")
                == "otpauth://totp/%E7%A4%BA%E4%BE%8B%20%E7%BD%91:a%40b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=%E7%A4%BA%E4%BE%8B%20%E7%BD%91&algorithm=SHA1&digits=6&period=30")
        #expect(try OneTimePassword.new().secret != OneTimePassword.new().secret)
    }
}
