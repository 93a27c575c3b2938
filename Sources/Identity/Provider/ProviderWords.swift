package import Kernel

package let providerWords = Words(
    """
    identity.provider.unknown | 没有这个统一身份认证平台。 | There is no such identity provider.
    identity.provider.file-shape | 统一身份认证配置文件须为一个 JSON 对象，含成员 providers，列出 1 至 {max} 个平台。 | The file of identity providers is a JSON object with the one member “providers”, a list of 1 to {max}.
    identity.provider.file-faults | 统一身份认证配置文件有误。 | The file of identity providers has faults.
    identity.provider.file-unreadable | 统一身份认证配置文件 {path} 无法读取，或不是 JSON。 | The file of identity providers {path} cannot be read, or is no JSON.
    identity.provider.member | “{name}”缺失、多余或取值不对。 | “{name}” is missing, not known, or has a value that is not allowed.
    identity.provider.twice | 平台“{name}”重复。 | The provider “{name}” is there twice.
    identity.provider.site-address | 配置统一身份认证时，须以 identity.site-address 写明本站地址，例如 https://data.example.gov.cn。 | With identity providers, identity.site-address has to say where this site is, such as https://data.example.gov.cn.
    identity.provider.passwords-needed | 没有配置统一身份认证，不能关闭密码登录（identity.password-sign-in）。 | Passwords cannot be closed (identity.password-sign-in) where there is no identity provider.
    identity.provider.state | 本次登录已失效：可能已超过 10 分钟、已经用过，或不是在本浏览器中开始的（{reason}）。 | This sign-in is over: it took more than ten minutes, was used already, or began in another browser ({reason}).
    identity.provider.state-remedy | 请重新开始登录。 | Please begin again.
    identity.provider.cancelled | 您在统一身份认证平台取消了登录（{reason}）。 | You cancelled at the identity provider ({reason}).
    identity.provider.cancelled-remedy | 可以重新开始，或用密码登录。 | Begin again, or sign in with your password.
    identity.provider.down | 统一身份认证平台现在没有应答（{reason}）。 | The identity provider does not answer now ({reason}).
    identity.provider.down-remedy | 请稍后再试，或用密码登录；持续出现请联系系统管理员。 | Try again later, or sign in with your password; if it stays so, tell the administrator.
    identity.provider.clock | 统一身份认证平台与本站的时钟相差过大，不能确认登录（{reason}）。 | The clocks of the identity provider and of this site are too far apart ({reason}).
    identity.provider.clock-remedy | 请联系系统管理员核对服务器时间；也可以用密码登录。 | Ask the administrator to check the time of the servers; your password works meanwhile.
    identity.provider.not-linked | 统一身份认证平台确认了您的身份，但还没有账号与之关联（{reason}）。 | The identity provider knows you, but no account here is linked with that ({reason}).
    identity.provider.not-linked-remedy | 请系统管理员在您的账号上关联，或先用密码登录，在“我的账号”中自行关联。 | Ask the administrator to link your account, or sign in with your password and link it on “My account”.
    identity.provider.closed | 与您关联的账号已停用（{reason}）。 | The account linked with you is closed ({reason}).
    identity.provider.closed-remedy | 请联系系统管理员。 | Ask the administrator.
    identity.provider.taken | 此身份已与另一个账号关联，或您的账号已关联本平台的另一身份（{reason}）。 | This identity belongs to another account, or your account has another identity of this provider ({reason}).
    identity.provider.taken-remedy | 请先解除原来的关联。 | Take the old link away first.
    identity.provider.another-person | 在统一身份认证平台登录的不是本账号的所有者（{reason}）。 | Somebody else than this account’s owner signed in at the identity provider ({reason}).
    identity.provider.another-person-remedy | 请以本人身份重新确认，或用密码、动态码确认。 | Confirm as yourself, or with password or code.
    identity.provider.not-asked-anew | 统一身份认证平台没有重新核验身份，不能作为签批确认（{reason}）。 | The identity provider did not ask you anew, so this confirms nothing ({reason}).
    identity.provider.not-asked-anew-remedy | 请用密码或动态码确认。 | Confirm with password or code.
    identity.provider.set-up | 统一身份认证的配置与平台不符（{reason}）。 | What is set up here does not fit the identity provider ({reason}).
    identity.provider.set-up-remedy | 请把括号中的代码告诉系统管理员；也可以用密码登录。 | Tell the administrator the code in brackets; your password works meanwhile.
    identity.provider.not-believed | 统一身份认证平台的应答不可信，登录已拒绝（{reason}）。 | The identity provider’s answer cannot be believed: nobody was signed in ({reason}).
    identity.provider.not-believed-remedy | 请把括号中的代码告诉系统管理员；也可以用密码登录。 | Tell the administrator the code in brackets; your password works meanwhile.
    identity.link-unknown | 没有这项身份关联。 | There is no such link.
    identity.link-taken | 此身份已与另一个账号关联，或本账号已关联该平台的另一身份。 | This identity belongs to another account, or the account has another one of the same provider.
    identity.link-incomplete | 请填写平台用户标识或首次登录匹配值，二者取一，不超过 255 字节。 | Give the provider’s identifier or the value to match at the first sign-in: one of them, of at most 255 bytes.
    identity.link-claimless | 该平台未配置首次登录匹配（link-claim）。 | This provider has no claim to match at a first sign-in (link-claim).
    identity.link-own | 不能以管理员身份关联自己的账号；请在“我的账号”中凭密码关联。 | You cannot link your own account as its administrator: do so on “My account”, with your password.
    identity.passwords-closed | 本站已关闭密码登录。 | Passwords are closed at this site.
    identity.passwords-closed-remedy | 请使用统一身份认证登录。 | Please come in through the identity provider.
    """)
