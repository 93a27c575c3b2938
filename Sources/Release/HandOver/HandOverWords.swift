package import Kernel

package let handOverWords = Words(
    """
    hand-over.new | 以介质交接 | Hand over on a medium
    hand-over.new-why | 把文件、回执及证明打成签名的数据包，供不能联网的单位以光盘、U 盘等领取；领取情况登记存证。 | The file, its receipt and their proofs as a signed package for a place that no network reaches; who takes it is on record.
    hand-over.make | 制作数据包并登记 | Make the package and enter it
    hand-over.made | 数据包已制作，领取已登记。请下载全部分卷，打印交接单签字。 | The package is made and entered. Copy all volumes, print this sheet and have it signed.
    hand-over.invalid | 交接内容填写有误 | the hand-over is not filled in right
    hand-over.text-needed | 应填写，不超过 {max} 个字 | needed, of at most {max} characters
    hand-over.volume-range | 每卷应为 128 KiB 到 8 GiB | a volume has 128 KiB to 8 GiB
    hand-over.too-many-volumes | 分卷将超过 {max} 个，请选择更大的分卷 | there would be more than {max} volumes: choose larger ones
    hand-over.password-short | 口令至少 {min} 个字节 | the password has at least {min} bytes
    hand-over.passwords-differ | 两次输入的口令不同 | the passwords differ
    hand-over.taken-by | 领取人 | Taken by
    hand-over.taken-by-hint | 携带介质的人的姓名。 | Name of the person who carries the medium.
    hand-over.medium | 介质编号 | Medium
    hand-over.medium-hint | 介质上标写的编号，如 U-2026-001。 | As written on it, such as U-2026-001.
    hand-over.volume | 分卷大小 | Size of a volume
    hand-over.volume.700 | 光盘（700 MiB） | Disc (700 MiB)
    hand-over.volume.4095 | U 盘、移动硬盘（FAT32，不超过 4 GiB） | Stick or disk with FAT32 (below 4 GiB)
    hand-over.volume.8191 | 不限文件大小的磁盘（8 GiB 一卷） | Disk without that limit (volumes of 8 GiB)
    hand-over.seal | 加密 | Sealing
    hand-over.seal-yes | 以口令加密内容 | Seal the content with a password
    hand-over.seal-no | 不加密 | Leave it open
    hand-over.seal-sensitive | 按分级含敏感内容，应当加密。 | By its grades it is sensitive, and ought to be sealed.
    hand-over.sealed | 已加密 | sealed
    hand-over.open | 未加密 | not sealed
    hand-over.password | 口令 | Password
    hand-over.password-hint | 至少 12 个字节，系统不保存；请与介质分开、通过其他途径告知领取单位。 | At least 12 bytes. It is not kept here: tell it by another way than the medium.
    hand-over.password-again | 再次输入口令 | The password again
    hand-over.sheet | 数据交接单 | Hand-over sheet
    hand-over.number | 交接编号 | Hand-over
    hand-over.release | 供数编号 | Release
    hand-over.at | 交接时间 | Handed over
    hand-over.made-by | 经办人 | Made by
    hand-over.kid | 签名密钥指纹 | Fingerprint of the signing key
    hand-over.volumes | 分卷 | Volumes
    hand-over.volume-number | 卷号 | Number
    hand-over.volume-file | 文件 | File
    hand-over.volumes-gone | 分卷保留 {days} 天，已经删除；登记仍然有效 | volumes are kept for {days} days and are gone; the register stays
    hand-over.volumes-gone-remedy | 需要时请重新制作数据包。 | Make a package anew when it is needed.
    hand-over.register | 介质交接登记 | Taken away on media
    hand-over.none | 没有以介质交接过。 | Nothing was taken away on a medium.
    hand-over.how | 在对方一侧离线核验：任何字节被改动、缺卷、换卷都会被指出。公钥须通过其他途径取得，并核对上列指纹。 | To verify on the other side, offline: any changed byte, any missing or swapped volume is named. Get the public key another way and compare the fingerprint above.
    hand-over.signatures | 交接签字 | Signatures
    hand-over.sign-giver | 移交人 | Handed over by
    hand-over.sign-taker | 接收人 | Received by
    hand-over.sign-name | 签字 | Signature
    hand-over.sign-date | 日期 | Date
    hand-over.print-how | 用浏览器的打印功能打印本页，即为交接单。 | Print this page from the browser: it is the sheet.
    hand-over.api-list | 一次供数的介质交接登记 | What was taken of a release on media
    hand-over.api-make | 制作数据包并登记领取人 | Make a package and enter who takes it
    hand-over.api-make-about | 除非写明 sealed 为 false，内容以口令加密，口令不保存。分卷保留 7 天。登记先于下载落定存证。 | The content is sealed with a password, which is not kept, unless sealed is false. Volumes are kept for 7 days. The entry is on record before anything can be fetched.
    hand-over.api-volume | 每卷上限（字节），默认略小于 4 GiB | Most bytes of a volume; a little below 4 GiB when left out
    hand-over.api-sealed | 默认 true | true when left out
    hand-over.api-volume-file | 下载一卷 | Fetch one volume
    """)
