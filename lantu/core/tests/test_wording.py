"""A clerk reads in Chinese what is wrong and what to do."""

import pytest

from lantu.core.wording import in_chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The unit '亿圆' is not known.", "不认识单位“亿圆”。"),
        ("There are 4 rows; 3 is the most.", "有4行，最多3行。"),
        (
            "No sheet (说明、数据) has a row of column heads.",
            "各工作表（说明、数据）都没有列名行。",
        ),
        ("The file is empty.", "文件是空的。"),
        ("Keep 100 at most.", "请保留100列以内。"),
        (
            "Keep the row of heads as it came: 编码 … 本期数值 (code … value).",
            "请原样保留列名行：编码……本期数值（code……value）。",
        ),
        ("'二一年' is not a date.", "“二一年”不是日期。"),
        (
            "The value is `—`: not reported. Unknown is not zero, so nothing is taken.",
            "数值为`—`：未填报。未知不是零，因此不采用。",
        ),
    ],
)
def test_a_message_keeps_its_values(english, chinese):
    assert in_chinese(english) == chinese


def test_a_message_without_a_wording_is_shown_as_it_is():
    assert in_chinese("Something else went wrong.") == "Something else went wrong."
