"""Score pairs with nomenklatura's matchers; run by its own interpreter, not by Limen's.

Reads ``schema,name1,name2`` rows as CSV on standard input; writes JSON: matcher -> scores, and
the seconds of each. Arguments name matchers, which are run once; without any, all are, twice.
nomenklatura needs PyICU, which needs a compiler, so ``pairs.py`` makes it a
virtual environment of its own.
"""

import csv
import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig

MATCHERS = ("logic-v2", "logic-v1", "name-based", "ofac-249")


def entity(schema, name, number):
    return model.get_proxy({"id": f"e{number}", "schema": schema, "properties": {"name": [name]}})


def main():
    rows = list(csv.reader(sys.stdin))
    answer = {}
    for matcher in sys.argv[1:] or MATCHERS:
        algorithm = get_algorithm(matcher)
        if algorithm is None:
            continue
        config = ScoringConfig.defaults()
        scores, taken = [], []
        for _ in range(1 if sys.argv[1:] else 2):
            scores = []
            started = time.perf_counter()
            for at, (schema, one, two) in enumerate(rows):
                query, listed = entity(schema, one, 2 * at), entity(schema, two, 2 * at + 1)
                scores.append(algorithm.compare(query, listed, config).score)
            taken.append(time.perf_counter() - started)
        answer[matcher] = {"scores": scores, "seconds": taken}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
