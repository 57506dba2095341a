"""What a name shows, and what it does not: a doubt is never decided."""

import pytest

from core.rules.organs import is_no_government, may_make_no_rules

GOVERNMENTS = (
    "云溪省人民政府",
    "云溪市人民政府",
    "云溪市人民政府办公厅",
    "云溪县人民政府办公室",
    "云溪市清河区",
    "清河镇人民政府",
    "清河街道办事处",
    "云溪市清河街道",
    "云溪经济技术开发区管理委员会",
    "云溪高新区管委会办公室",
    "云溪地区行政公署",
    "云溪综合实验区",
)
DEPARTMENTS = (
    "云溪县水务局",
    "云溪市发展和改革委员会",
    "云溪省商务厅",
    "云溪市清河区统计局",
    "云溪综合实验区经济发展局",
    "国家税务总局云溪市税务局",
)
UNSAID = ("", "云溪", "正文", "云溪集团股份有限责任部")

MAKE_NONE = (
    "清河镇人民政府",
    "云溪县清河乡",
    "清河街道办事处",
    "云溪市清河区人民政府",
    "云溪县人民政府办公室",
    "云溪自治县人民政府",
    "云溪县水务局",
    "云溪市商务局",
    "云溪市市场监督管理局",
    "云溪省商务厅",
    "云溪自治区水利厅",
)
MAY_MAKE = (
    "云溪市人民政府",
    "云溪市人民政府办公厅",
    "云溪省人民政府",
    "云溪自治区人民政府",
    "云溪自治州人民政府",
    "云溪新区管理委员会",
    "云溪新区",
    "云溪综合实验区",
    "国家统计局",
    "国家市场监督管理总局",
    "商务部",
    "国家发展和改革委员会",
    "云溪地区行政公署",
    "",
)


@pytest.mark.parametrize("name", DEPARTMENTS)
def test_departments_are_no_governments(name):
    assert is_no_government(name)


@pytest.mark.parametrize("name", GOVERNMENTS + UNSAID)
def test_governments_and_names_that_say_nothing_are_left_alone(name):
    assert not is_no_government(name)


@pytest.mark.parametrize("name", MAKE_NONE)
def test_these_names_show_that_no_rules_are_made(name):
    assert may_make_no_rules(name)
    assert may_make_no_rules(f" {name[:2]} {name[2:]}")


@pytest.mark.parametrize("name", MAY_MAKE)
def test_others_may_make_rules_for_all_that_is_known(name):
    assert not may_make_no_rules(name)
