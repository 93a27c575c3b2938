import Kernel

/// What lies on the medium for the person who opens it, in both languages: what it is, and how it is checked without this system.
struct HandOverReadme {
    let about: JSON
    let content: HandOverManifest.Content
    /// Of the volumes, without number and ending.
    let name: String
    let kid: String

    var text: String { chinese + "\n----\n\n" + english }

    private func told(_ names: String...) -> String {
        names.reduce(Optional(about)) { $0?[$1] }?.string ?? ""
    }

    private var chinese: String {
        """
        政务数据交接包

        目录条目：\(told("entry", "title"))
        提供单位：\(told("provider", "name"))
        使用单位：\(told("recipient", "name"))
        用途：\(told("purpose"))
        领取人：\(told("takenBy"))；介质编号：\(told("medium"))
        供数编号：\(told("release"))
        数据文件：\(content.name)，\(content.bytes) 字节
        SHA-256：\(content.sha256)
        签名密钥指纹：\(kid)

        核验（离线）：把全部分卷放在同一个文件夹中，执行（分为多卷的，给出第一卷 \(name).001\(HandOver.ending)）

            headwaters package verify \(name)\(HandOver.ending) --trust node.pem --out 目标文件夹\(content.sealing == nil ? "" : " --password-file 口令文件")

        node.pem 应当通过其他途径（如对方单位公章函件、电话）取得并核对指纹，不能只信包内所附。任何一个字节
        被改动，缺卷、换卷，都会被指出。\(content.sealing == nil ? "本包内容未加密，请妥善保管介质。" : "本包内容已加密，口令请通过其他途径取得。")
        数据只能用于上述用途，使用情况可被审计。

        """
    }

    private var english: String {
        """
        Public data, handed over on a medium

        Entry: \(told("entry", "title"))
        Provider: \(told("provider", "name"))
        Recipient: \(told("recipient", "name"))
        Purpose: \(told("purpose"))
        Taken by: \(told("takenBy")); medium: \(told("medium"))
        Release: \(told("release"))
        Data file: \(content.name), \(content.bytes) bytes
        SHA-256: \(content.sha256)
        Fingerprint of the signing key: \(kid)

        To verify offline, put all volumes into one folder and run (of several volumes, name the first: \(name).001\(HandOver.ending))

            headwaters package verify \(name)\(HandOver.ending) --trust node.pem --out FOLDER\(content.sealing == nil ? "" : " --password-file FILE")

        Get node.pem another way and compare its fingerprint: a package is no witness of its own key. Any changed byte,
        any missing or swapped volume is named. \(content.sealing == nil ? "The content is not encrypted: keep the medium safe." : "The content is encrypted; the password comes another way.")
        The data may be used for the purpose above only.

        """
    }
}
