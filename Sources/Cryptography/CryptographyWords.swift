package import Kernel

package let cryptographyWords = Words(
    """
    cryptography.library | 密码组件运行出错，操作未执行。 | The cryptographic library failed; nothing was done.
    cryptography.not-authentic | 密文校验未通过：内容可能被改动，或不是用本节点密钥加密的。 | The ciphertext is not authentic: it was changed, or sealed under another key.
    cryptography.format-unknown | 密文格式无法识别。 | The ciphertext has a format this version does not know.
    cryptography.key-unknown | 密钥“{key}”不在本节点密钥库中。 | Key “{key}” is not in this node's key store.
    cryptography.key-malformed | 密钥内容无法识别，须为 Ed25519 或 SM2 密钥。 | This is not an Ed25519 or SM2 key.
    cryptography.master-key-missing | 找不到主密钥（{path}）。 | The master key is missing ({path}).
    cryptography.master-key-malformed | 主密钥须为 32 字节，以 64 位十六进制或 Base64 书写。 | The master key must be 32 bytes, written as 64 hexadecimal digits or Base64.
    cryptography.master-key-remedy | 请通过环境变量 HEADWATERS_MASTER_KEY 提供主密钥，或将妥善保管的 master.key 放回数据目录。 | Set HEADWATERS_MASTER_KEY, or put the master.key you kept safe back into the data folder.
    cryptography.master-key-wrong | 主密钥与本数据目录的密钥库不匹配。 | The master key does not open this data folder's key store.
    cryptography.keys-exist | {path} 已有密钥库，未作改动。 | {path} already holds a key store; nothing was changed.
    cryptography.keys-missing | {path} 没有密钥库，请先初始化数据目录。 | {path} holds no key store; initialise the data folder first.
    cryptography.keys-unreadable | 密钥库 {path} 无法读写：{reason} | The key store {path} cannot be read or written: {reason}
    cryptography.too-open | {path} 的文件权限过宽，其他用户可以读取。 | {path} can be read by other users.
    cryptography.too-open-remedy | 请执行 chmod 600 {path} 后重试。 | Run chmod 600 {path} and try again.
    cryptography.envelope-malformed | 签名文件缺少或写错“{member}”。 | The signed document lacks a sound “{member}”.
    cryptography.signer-unknown | 签名密钥 {kid} 不在信任列表中。 | Signing key {kid} is not trusted.
    cryptography.signer-unknown-remedy | 请向签发方索取公钥，核对无误后加入信任列表。 | Ask the signer for the public key, check it, and add it to the trusted keys.
    cryptography.algorithm-mismatch | 文件声明的签名算法与密钥 {kid} 不符。 | The document names another algorithm than key {kid} has.
    cryptography.type-unexpected | 文件类型“{found}”与所需不符。 | A document of type “{found}” was not expected here.
    cryptography.version-unknown | 无法识别“{type}”的第 {version} 版格式。 | Version {version} of “{type}” is not known.
    cryptography.signature-wrong | 签名校验未通过（密钥 {kid}）：文件内容已被改动。 | The signature by {kid} does not hold: the document was changed.
    cryptography.password-too-long | 密码超过 {max} 字节上限。 | The password is longer than {max} bytes.
    cryptography.passwords-busy | 登录请求过多，请稍后再试。 | Too many sign-ins at once; try again shortly.
    """)
