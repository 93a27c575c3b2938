package import Kernel

package let gradingWords = Words(
    """
    grading.entry-unknown | 没有编号为 {id} 的目录条目，或您无权查看。 | There is no entry {id}, or you may not see it.
    grading.below-floor | 有 {count} 处定级低于规定的最低级别，不予受理。 | {count} grades lie below the floor and are refused.
    grading.floor-personal | “{column}”经识别含“{kind}”，属个人信息，不得低于 {level}（{citation}）。 | "{column}" holds {kind}, personal information: at least {level} ({citation}).
    grading.floor-sensitive | “{column}”经识别含“{kind}”，属敏感个人信息，不得低于 {level}（{citation}）。 | "{column}" holds {kind}, sensitive personal information: at least {level} ({citation}).
    grading.floor-sharing | 按条目的共享属性，其最高级别不得低于 {level}（{citation}）。 | By its kind of sharing the entry's highest grade is at least {level} ({citation}).
    grading.columns-unknown | 有不属于该条目的列。 | Some columns are not the entry's.
    grading.column-unknown | 该条目没有列“{column}”。 | The entry has no column "{column}".
    grading.nothing-decided | 没有给出任何定级。 | No grade was given.
    grading.reason-needed | 低于建议级别，或定为重要数据、核心数据的，应说明理由。 | A grade below the suggestion, and important or core data, need a reason.
    grading.reason-needed-for | “{column}”的定级应说明理由。 | The grade of "{column}" needs a reason.
    grading.reason-too-long | 理由不得超过 {max} 个字符。 | A reason may have at most {max} characters.
    grading.moved | 定级已被他人修改（您看到第 {expected} 版，现为第 {found} 版）。 | Someone changed the grades (you saw revision {expected}, it is now {found}).
    grading.no-rules | 今日没有生效的定级规则。 | No grading rules are in force today.
    grading.account-needed | 请先登录。 | Sign in first.

    grading.reason.name | 列名或信息项名称含“{word}”。 | Its name says "{word}".
    grading.reason.content | {rows} 个非空值中有 {share}% 识别为该类信息。 | {share} % of {rows} values are recognised as such.
    grading.reason.within.phone | {rows} 个非空值中有 {found} 个在文字中夹有电话号码。 | {found} of {rows} texts hold a telephone number among other words.
    grading.reason.within.email | {rows} 个非空值中有 {found} 个在文字中夹有电子邮箱。 | {found} of {rows} texts hold an e-mail address among other words.
    grading.reason.within.plate | {rows} 个非空值中有 {found} 个在文字中夹有车辆号牌。 | {found} of {rows} texts hold a vehicle's plate among other words.
    grading.reason.within.online-identifier | {rows} 个非空值中有 {found} 个在文字中夹有网络身份标识。 | {found} of {rows} texts hold an online identifier among other words.
    grading.reason.within.citizen-id | {rows} 个非空值中有 {found} 个在文字中夹有公民身份号码。 | {found} of {rows} texts hold a citizen ID number among other words.
    grading.reason.within.passport | {rows} 个非空值中有 {found} 个在文字中夹有出入境证件号码。 | {found} of {rows} texts hold a travel document number among other words.
    grading.reason.within.bank-account | {rows} 个非空值中有 {found} 个在文字中夹有银行卡号。 | {found} of {rows} texts hold a bank card number among other words.
    grading.reason.within-doubtful.citizen-id | {rows} 个非空值中有 {found} 个在文字中夹有公民身份号码；另有 {wrong} 个夹有形式相同但校验码不符的号码，可能是流水号，请人工核对。 | {found} of {rows} texts hold a citizen ID number among other words; {wrong} hold a number of the same form whose check digit is wrong. They may be serial numbers: look at them.
    grading.reason.within-doubtful.bank-account | {rows} 个非空值中有 {found} 个在文字中夹有银行卡号；另有 {wrong} 个夹有形式相同但校验码不符的号码，可能是流水号，请人工核对。 | {found} of {rows} texts hold a bank card number among other words; {wrong} hold a number of the same form whose check digit is wrong. They may be serial numbers: look at them.
    grading.reason.personal | 属个人信息，建议 {level}（{citation}）。 | Personal information: {level} suggested ({citation}).
    grading.reason.sensitive | 属敏感个人信息，建议 {level}（{citation}）。 | Sensitive personal information: {level} suggested ({citation}).
    grading.reason.sharing-floor | 按条目的共享属性，建议不低于 {level}（{citation}）。 | By the entry's kind of sharing, {level} or higher is suggested ({citation}).
    grading.reason.nothing-found | 未识别出个人信息，建议 {level}（{citation}）。 | Nothing personal was found: {level} suggested ({citation}).

    grading.grades | 数据定级 | Grades
    grading.rules-in-force | 按 {citation} 定级；低于最低级别的定级不予受理。 | Graded by {citation}; what lies below its floors is refused.
    grading.column | 列 | Column
    grading.suggested | 建议 | Suggested
    grading.reasons | 依据 | Reasons
    grading.decided | 定级 | Grade
    grading.certainty | 把握 {percent}% | {percent} % sure
    grading.reason | 理由 | Reason
    grading.decide | 确定级别 | Decide
    grading.history | 定级记录 | History
    grading.catalogue | 数据目录 | Data catalogue
    grading.event | 定级 {count} 列 | {count} columns graded
    grading.decided-done | 已定级 {count} 列。 | Columns graded: {count}.
    grading.choice.L1 | L1 一级 | L1 Level 1
    grading.choice.L2 | L2 二级 | L2 Level 2
    grading.choice.L3 | L3 三级 | L3 Level 3
    grading.choice.L4 | L4 四级 | L4 Level 4
    grading.choice.important | 重要数据 | Important data
    grading.choice.core | 核心数据 | Core data

    grading.level.L1 | 一级 | Level 1
    grading.level.L2 | 二级 | Level 2
    grading.level.L3 | 三级 | Level 3
    grading.level.L4 | 四级 | Level 4
    grading.level.important | 重要数据 | Important data
    grading.level.core | 核心数据 | Core data
    grading.level.none | 未定级 | Not graded

    grading.kind.name | 姓名 | a person's name
    grading.kind.phone | 电话号码 | a telephone number
    grading.kind.email | 电子邮箱 | an e-mail address
    grading.kind.address | 住址 | a home address
    grading.kind.birth | 出生日期 | a date of birth
    grading.kind.sex | 性别 | sex
    grading.kind.ethnicity | 民族 | ethnicity
    grading.kind.plate | 车辆号牌 | a vehicle's plate
    grading.kind.online-identifier | 网络身份标识 | an online identifier
    grading.kind.citizen-id | 公民身份号码 | a citizen ID number
    grading.kind.passport | 出入境证件号码 | a travel document number
    grading.kind.bank-account | 金融账户 | a financial account
    grading.kind.income | 收入和财产 | income or property
    grading.kind.health | 健康生理信息 | health information
    grading.kind.biometric | 生物识别信息 | biometric information
    grading.kind.religion | 宗教信仰 | religious belief
    grading.kind.track | 行踪轨迹 | whereabouts
    grading.kind.minor | 未成年人信息 | information on minors
    grading.kind.marriage | 婚姻信息 | marital information
    """)
