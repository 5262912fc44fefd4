"""The campaign: `python -m exact SEED COUNT [FORM]`, from the folder of the tests."""

from __future__ import annotations

import sys
import time
import traceback
from collections import Counter
from random import Random

from exact.compared import between, declared, found
from exact.random_forms import FORMS
from exact.together import judged
from tracker.errors import InvalidFile


def main(seed: int, count: int, only: str | None = None, shown: int = 8) -> int:
    """Compare so many random worlds, and say what was found."""
    random, forms, statuses, kinds = Random(seed), Counter[str](), Counter[str](), Counter[str]()
    began = time.perf_counter()
    left, goals = shown, 0
    for k in range(count):
        form = only or random.choice(list(FORMS))
        state = random.randint(0, 2**63)
        world = FORMS[form](Random(state))
        forms[form] += 1
        try:
            ours = judged(world)
            rows = between(found(world), ours)
            goals += len(ours)
        except InvalidFile as refused:
            statuses["refused"] += 1
            kinds["refused: " + str(refused)[:150]] += 1
            continue
        except Exception:  # noqa: BLE001  a campaign goes on and counts it
            if left:
                traceback.print_exc()
            kinds["crash"] += 1
            rows = [("", "crash", None, None)]
        if not rows:
            statuses["same"] += 1
            continue
        kinds.update(f"{figure}" for _, figure, _, _ in rows)
        statuses["different"] += 1
        if left:
            left -= 1
            print(f"--- {k} {form} {state}\n{declared(world)}as of {world.as_of}, known on {world.known_on}")
            for line in world.lines:
                print("   ", *(part or "" for part in line))
            for row in rows:
                print("   ", row)
    print(f"{count} worlds with {goals} goals in {time.perf_counter() - began:.0f} s: {dict(forms)} {dict(statuses)}")
    for name, times in kinds.most_common(40):
        print(f"{times:6} {name}")
    return statuses["different"]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if sys.argv[3:] else None) > 0)
