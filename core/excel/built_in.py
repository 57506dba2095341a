"""Number formats that files name by a number only, as a Chinese Excel shows them."""

from __future__ import annotations

from collections.abc import Mapping

GENERAL = "General"
_ACCOUNT = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '
_YEN_ACCOUNT = '_ ¥* #,##0{0}_ ;_ ¥* -#,##0{0}_ ;_ ¥* "-"{1}_ ;_ @_ '
_LONG_DATE, _MONTH, _DAY = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_HALF, _HALF_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN: Mapping[int, str] = {
    **{0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"},
    **{5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0'},
    **{7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00'},
    **{9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM"},
    **{19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"},
    **{27: _MONTH, 28: _DAY, 29: _DAY, 30: "m/d/yy", 31: _LONG_DATE, 32: 'h"时"mm"分"'},
    **{33: 'h"时"mm"分"ss"秒"', 34: _HALF, 35: _HALF_SECONDS, 36: _MONTH},
    **{37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0"},
    **{39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00"},
    **{41: _ACCOUNT.format("", ""), 42: _YEN_ACCOUNT.format("", "")},
    **{43: _ACCOUNT.format(".00", "??"), 44: _YEN_ACCOUNT.format(".00", "??")},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
    **{50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _HALF},
    **{56: _HALF_SECONDS, 57: _MONTH, 58: _DAY},
}
