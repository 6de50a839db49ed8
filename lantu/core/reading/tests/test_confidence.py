"""Confidence: a newspaper's sentence without a word of what will be is less sure than a plan's."""

from lantu.core.reading.propose import proposals

SENTENCE = "茶园面积达到20万亩。"
PLAN = "青禾区“十五五”规划\n\n第一章 主要目标\n\n"
STORY = "本报讯（记者 林一舟）日前，青禾区发布茶产业情况。\n\n"


def sure(text):
    (found,) = [one for one in proposals(text) if one.metric == "茶园面积"]
    return found.confidence


def test_the_same_words_are_surer_in_a_plan_than_in_a_story():
    assert sure(PLAN + SENTENCE) >= 0.9 > sure(STORY + SENTENCE)


def test_a_year_ahead_makes_a_story_as_sure_as_its_words():
    assert sure(STORY + "到2030年，" + SENTENCE) >= 0.9
