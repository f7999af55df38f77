"""The labelled texts: the bars of the issue, held by every change."""

import pytest
from benchmarks.documents.scoring import accuracy, score, texts


@pytest.mark.parametrize("name", ["dev", "unseen", "third", "fourth", "fifth"])
def test_the_bars(name):
    scores = score(texts(name))
    assert scores.quotes.f1 >= 0.95, scores.quotes.told
    assert accuracy(scores.speakers) >= 0.90, scores.speakers.told
    assert scores.conditionals.f1 >= 0.85, scores.conditionals.told
    assert accuracy(scores.polarity) >= 0.90, scores.polarity.told
