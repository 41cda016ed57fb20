"""Runs a part's scenarios, some side by side: the end of each scenarios.py."""

import concurrent.futures
import fnmatch
import sys
import time
import traceback


def run(scenarios, side_by_side):
    """Those whose name matches the program's argument; {name: function}.  Whether there were some and none failed."""

    def tried(name):
        began = time.monotonic()
        try:
            scenarios[name]()
        except Exception:  # one that fails does not end the others
            return name, time.monotonic() - began, traceback.format_exc()
        return name, time.monotonic() - began, None

    pattern = sys.argv[1] if len(sys.argv) > 1 else "*"
    chosen = [name for name in scenarios if fnmatch.fnmatch(name, pattern)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(side_by_side) as pool:
        for name, seconds, failure in pool.map(tried, chosen):
            print(f"{'FAILED' if failure else 'ok'} {name} ({seconds:.0f} s)", flush=True)
            if failure:
                failed += 1
                print(failure, flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return bool(chosen) and failed == 0
