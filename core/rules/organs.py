"""What the name of an organ shows: whether it is a government, and whether it may make rules.

A name that shows nothing is left alone: both questions are answered yes only
where the name leaves no doubt.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_OFFICE = r"(?:办公室|办公厅|办)?"
# 管理委员会 stands for the government of a development zone.
_GOVERNMENT = re.compile(
    rf".*(?:政府|行政公署|管理委员会|管委会){_OFFICE}|.*(?:省|自治区|市|县|区|旗|州|盟|乡|镇|苏木|街道)(?:办事处)?"
)
_DEPARTMENT = re.compile(
    r".+(?:局|厅|委|委员会|办|办公室|院|署|会|中心|队|站|所|处|馆|校|学校|大学|医院|公司|集团|银行)"
)

_TOWN = re.compile(rf".*(?:乡|镇|苏木|街道)(?:人民政府|办事处)?{_OFFICE}")
# Development zones and 地区 are of many levels, and an autonomous region makes rules.
_COUNTY = re.compile(
    rf".*(?:县|旗|(?<!自治)(?<!新)(?<!发)(?<!验)(?<!理)(?<!高)(?<!地)(?<!政)(?<!作)区)(?:人民政府)?{_OFFICE}"
)
# Only the departments of the State Council make rules, and these have no place in their names.
_LOCAL_DEPARTMENT = re.compile(
    r".+?(?:省|自治区|市(?!场)|县|区|州|盟|旗).*(?:局|厅|委员会|委|办公室|办)"
)


def is_no_government(name: str) -> bool:
    """Return whether an organ is surely no government, but a department or an institution."""
    plain = _plain(name)
    return bool(_DEPARTMENT.fullmatch(plain)) and not _GOVERNMENT.fullmatch(plain)


def may_make_no_rules(name: str) -> bool:
    """Return whether an organ's name shows that it may have no power to make rules (规章).

    These are made by departments of the State Council and by the governments of
    provinces, of cities divided into districts and of autonomous prefectures.
    A city is left alone, because its name does not say of which kind it is.
    """
    plain = _plain(name)
    if _TOWN.fullmatch(plain) or _COUNTY.fullmatch(plain):
        return True
    return is_no_government(name) and bool(_LOCAL_DEPARTMENT.fullmatch(plain))


def _plain(name: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", name))
