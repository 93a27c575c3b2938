package let kernelWords = Words(
    """
    json.unexpected | JSON 第 {line} 行（第 {offset} 字节处）出现不应有的字符。 | JSON line {line} (byte {offset}) has a character that does not belong there.
    json.ends-early | JSON 在第 {line} 行（第 {offset} 字节处）意外结束。 | The JSON text ends too early, at line {line} (byte {offset}).
    json.trailing-bytes | JSON 内容结束后仍有多余字符，见第 {line} 行（第 {offset} 字节处）。 | Something follows the end of the JSON value, at line {line} (byte {offset}).
    json.not-utf8 | JSON 第 {line} 行（第 {offset} 字节处）的字符串不是有效的 UTF-8 编码。 | The JSON string at line {line} (byte {offset}) is not valid UTF-8.
    json.bad-escape | JSON 第 {line} 行（第 {offset} 字节处）的转义写法无效。 | JSON line {line} (byte {offset}) has an escape that does not exist.
    json.control-character | JSON 第 {line} 行（第 {offset} 字节处）的字符串含有未转义的控制字符。 | The JSON string at line {line} (byte {offset}) holds a bare control character.
    json.duplicate-member | JSON 第 {line} 行（第 {offset} 字节处）重复出现成员“{name}”。 | JSON line {line} (byte {offset}) says member “{name}” twice.
    json.not-an-integer | JSON 第 {line} 行（第 {offset} 字节处）的数字带有小数或指数。 | The number at JSON line {line} (byte {offset}) has a fraction or an exponent.
    json.not-an-integer-remedy | 请将小数或超长数字写成字符串，例如 "12.50"。 | Write decimals and very long numbers as strings, such as "12.50".
    json.integer-too-large | JSON 第 {line} 行（第 {offset} 字节处）的整数超出 64 位范围。 | The integer at JSON line {line} (byte {offset}) does not fit in 64 bits.
    json.too-deep | JSON 嵌套超过 {max} 层，见第 {line} 行（第 {offset} 字节处）。 | The JSON text nests deeper than {max} levels, at line {line} (byte {offset}).
    json.too-large | JSON 内容超过 {max} 字节上限。 | The JSON text is longer than the limit of {max} bytes.
    json.too-many-values | JSON 内容超过 {max} 个值的上限，见第 {line} 行（第 {offset} 字节处）。 | The JSON text holds more than the limit of {max} values, at line {line} (byte {offset}).
    secrecy.at.name | 文件名中有密级标志“{mark}” | the name of the file bears the mark {mark}
    secrecy.at.member | 压缩包内第 {number} 个文件有密级标志“{mark}” | file {number} in the archive bears the mark {mark}
    secrecy.at.properties | 文件属性或文本框中有密级标志“{mark}” | the properties or a text box of the file bear the mark {mark}
    secrecy.at.header | 页眉或页脚有密级标志“{mark}” | the header or footer bears the mark {mark}
    secrecy.at.paragraph | 正文第 {number} 段有密级标志“{mark}” | paragraph {number} bears the mark {mark}
    secrecy.at.line | 第 {line} 行有密级标志“{mark}” | line {line} bears the mark {mark}
    secrecy.at.text | 第 {number} 处文字有密级标志“{mark}” | text number {number} in the file bears the mark {mark}
    secrecy.at.sheet-title | 第 {sheet} 张工作表的名称中有密级标志“{mark}” | the title of sheet {sheet} bears the mark {mark}
    secrecy.at.sheet-header | 第 {sheet} 张工作表的打印页眉或页脚有密级标志“{mark}” | the printed header or footer of sheet {sheet} bears the mark {mark}
    secrecy.at.cell | 第 {sheet} 张工作表的 {cell} 单元格有密级标志“{mark}” | cell {cell} of sheet {sheet} bears the mark {mark}
    divisions.line | 行政区划表第 {line} 行有误（{what}）。 | Line {line} of the table of divisions is wrong ({what}).
    calendar.line | 第 {line} 行有误：{what@calendar.wrong.} | Line {line} is wrong: {what@calendar.wrong.}
    calendar.wrong.four-cells | 应为四栏：类别、起始日、截止日、名称，以制表符或逗号分隔。 | it needs four cells, kind, first day, last day and name, parted by tabs or commas.
    calendar.wrong.year | 年度行应写明一个四位年份，且每年只能有一行。 | the line of a year names one year of four digits, and each year once.
    calendar.wrong.dates | 日期应为实际存在的 yyyy-mm-dd，截止日不早于起始日，且不超过 31 天。 | days are written yyyy-mm-dd and exist, the last is not before the first, and they are 31 at most.
    calendar.wrong.kind | 类别应为 year（年度）、holiday（放假）或 working（上班）。 | the kind is year, holiday or working.
    calendar.wrong.announcement | 该日所属年份没有年度行，须先写明安排所依据的通知。 | the year of this day has no line of its own above, which names the announcement.
    calendar.wrong.weekday | 调休上班日只能是星期六或星期日。 | only a Saturday or Sunday can be worked in exchange.
    calendar.wrong.said-twice | 该日在前面已有安排，前后矛盾。 | an earlier line speaks of the same day.
    calendar.wrong.too-long | 名称过长，至多 200 字。 | the name is longer than 200 characters.
    calendar.too-many-days | 期限不得超过 {max} 个工作日。 | A deadline cannot be more than {max} working days away.
    calendar.negative-days | 期限不得为负数。 | A deadline cannot lie before its start.
    calendar.working | 工作日 | working day
    calendar.exchanged | 调休上班（{name}） | worked in exchange ({name})
    calendar.weekend | 周末 | weekend
    calendar.holiday | {name}放假 | holiday ({name})
    calendar.closed | 本市停止办公（{reason}） | offices closed ({reason})
    timing.days | 日期 | Days
    timing.days.daily | 每天 | every day
    timing.days.working-days | 每个工作日 | every working day
    timing.days.weekly | 每周某日 | one day a week
    timing.days.monthly | 每月第几个工作日 | the n-th working day of a month
    timing.daily | 每天 {time} | every day at {time}
    timing.working-days | 每个工作日 {time} | every working day at {time}
    timing.weekly | 每{weekday@timing.weekday.} {time} | {weekday@timing.weekday.} at {time}
    timing.monthly | 每月第 {number} 个工作日 {time} | working day {number} of each month at {time}
    timing.weekday | 星期 | Day of the week
    timing.weekday.1 | 星期一 | Monday
    timing.weekday.2 | 星期二 | Tuesday
    timing.weekday.3 | 星期三 | Wednesday
    timing.weekday.4 | 星期四 | Thursday
    timing.weekday.5 | 星期五 | Friday
    timing.weekday.6 | 星期六 | Saturday
    timing.weekday.7 | 星期日 | Sunday
    timing.working-day | 第几个工作日 | Which working day
    timing.working-day-hint | 1 到 15，按国务院办公厅公布的放假安排计算。 | 1 to 15, by the holidays as the State Council announces them.
    timing.time | 时间 | Time
    timing.time-hint | 北京时间，24 小时制，如 02:30。 | Beijing time, such as 02:30.
    timing.number-range | 应为 {low} 到 {high} 的整数 | must be a whole number from {low} to {high}
    """)
