package import Kernel

package let releaseWords = Words(
    """
    release.not-found | 没有这次供数，或者您无权看到它 | there is no such release, or it is not yours to see
    release.nothing-published | 该目录条目还没有已发布的数据版本 | the entry has no published version yet
    release.too-many-keys | 一次最多查询 {max} 个键值 | one look-up takes {max} keys at most
    release.look-up-malformed | 请求体应为 只含 column（列名）与 keys（键值数组）的 JSON | the body must be JSON of the form column and keys, and nothing else
    release.no-keys | 没有给出要查询的键值 | no key was given
    release.key-malformed | 第 {position} 个键值不是“{type}”类型 | key number {position} is no value of type {type}
    release.key-too-long | 第 {position} 个键值超过 {max} 字节 | key number {position} is longer than {max} bytes
    release.page-too-large | 每页行数应为 1 至 {max} | a page has 1 to {max} rows
    release.cursor-unknown | 翻页标记无效，请从第一页重新开始 | the cursor is not one of ours: begin again at the first page
    release.cursor-outdated | 数据已发布新版本，请从第一页重新开始 | a new version is served: begin again at the first page
    release.lapsed | 本次供数超过时限才完成，按预留数量计量 | the release ended after its lease and is charged as reserved
    release.file-gone | 本次供数没有可下载的文件 | there is no file of this release to download
    release.format-unknown | 不支持的交付方式“{format}” | "{format}" is no way to deliver a file
    release.fault | 供数过程中出现内部错误，没有数据流出 | a fault of ours ended the release; nothing left
    receipt.malformed | 不是回执文件，或者文件不完整 | this is no receipt, or not a whole one
    receipt.record-changed | 回执中的存证记录（{leaf}）被改动过 | the record in the receipt ({leaf}) has been changed
    receipt.other-leaf | 回执与存证记录（{leaf}）不是同一次供数 | receipt and record ({leaf}) are not of the same release
    receipt.other-node | 回执与存证不属于同一节点 | receipt and evidence are not of the same node
    receipt.other-file | 数据文件与回执记载的摘要不符 | the file is not the one that the receipt describes
    """)
