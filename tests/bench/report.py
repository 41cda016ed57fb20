"""The tables: medians, ratios, and whether each bound is met."""

import statistics

import rows as table

NOISE_MAX = 0.1  # cores that others used


def median(runs, key):
    """Nothing when a run failed: what answers wrongly has no speed."""
    if not runs or any("error" in r for r in runs):
        return None
    return statistics.median(r[key] for r in runs)


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def verdict(value, bound, most=False):
    """Met, or missed by how much of the bound."""
    if value is None:
        return "FAILED"
    good = value <= bound if most else value >= bound
    gap = abs(value / bound - 1) * 100
    return "met" if good else f"MISSED by {gap:.0f} %"


def markdown(head, body):
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in body])


def noise(runs_by_server):
    """The most that others used in any run."""
    return max((r.get("other_cpu", 0) for runs in runs_by_server.values() for r in runs), default=0)


def rates(results):
    peers = [p for p in ("nginx", "ferrokinesis", "kinesalite") if any(p in r for r in results.values())]
    body = []
    for row in table.ROWS:
        if row.name not in results:
            continue
        of = results[row.name]
        ours = median(of["kinetide"], "rate")
        cells = [row.title, number(ours)]
        words = []
        for peer in peers:
            theirs = median(of.get(peer, []), "rate")
            ratio = ours / theirs if ours and theirs else None
            bound = row.least.get(peer)
            cells.append(number(theirs))
            cells.append(f"{ratio:.2f}" + (f" (at least {bound:g})" if bound else "") if ratio else "-")
            if bound and peer in of:
                words.append(f"{peer}: {verdict(ratio, bound) if theirs or not ours else 'it failed'}")
        cells.append("; ".join(words) or "-")
        cells.append(f"{noise(of):.2f}" + (" !" if noise(of) > NOISE_MAX else ""))
        touches = [r["touch_bytes_rate"] for runs in of.values() for r in runs if "touch_bytes_rate" in r]
        cells.append(f"{statistics.median(touches) / 1e9:.2f} GB/s" if touches else "-")
        body.append(cells)
    head = ["req/s, medians", "kinetide"]
    for peer in peers:
        head += [peer, f"x {peer}"]
    return markdown(head + ["bound", "other CPU", "page touch"], body)


def mb(count):
    return f"{count / 1e6:.1f} MB"


def beside(values, shown):
    return ", ".join(f"{name} {shown(v)}" for name, v in values.items() if name != "kinetide" and v is not None) or "-"


def single_rows(results):
    out = []

    def add(title, value, shown, bound, text, others="-", most=True):
        out.append([title, shown(value) if value is not None else "-", text, verdict(value, bound, most=most), others])

    if "latency" in results:
        for key, bound in (("p50_ms", 0.1), ("p99_ms", 0.5)):
            values = {name: median(runs, key) for name, runs in results["latency"].items()}
            add(f"put to get at 500/s, {key[:3]}", values["kinetide"], lambda v: f"{v:.3f} ms", bound,
                f"at most {bound} ms", beside(values, lambda v: f"{v:.3f} ms"))
    if "start" in results:
        values = {name: median(runs, "p50_ms") for name, runs in results["start"].items()}
        rival = values.get("ferrokinesis")
        ours = values["kinetide"]
        shown = lambda v: f"{v:.1f} ms"
        if rival and ours:
            add("exec to first answer", ours / rival, lambda v: f"{ours:.1f} ms, {v:.2f} x ferrokinesis", 0.75,
                "at most 0.75 x ferrokinesis", beside(values, shown))
        else:
            out.append(["exec to first answer", shown(ours) if ours else "-", "at most 0.75 x ferrokinesis",
                        "not measured: ferrokinesis is not there", beside(values, shown)])
    if "idle_memory" in results:
        values = results["idle_memory"]
        add("resident, idle", values["kinetide"], mb, 5e6, "at most 5 MB", beside(values, mb))
    if "full_memory" in results:
        values = results["full_memory"]
        ratios = {name: v["full"] / v["stored"] for name, v in values.items()}
        ours = values["kinetide"]
        add(f"resident after {ours['records']:,} x 1 KiB", ratios["kinetide"],
            lambda v: f"{mb(ours['full'])}, {v:.2f} x stored", 1.1, "at most 1.1 x (data and keys)",
            beside(ratios, lambda v: f"{v:.2f}"))
        left = (ours["after_deletion"] - ours["before"]) / (ours["full"] - ours["before"])
        add("of that, still there after deletion", left, lambda v: f"{mb(ours['after_deletion'])}, {v:.1%}", 0.05,
            "at most 5 %",
            beside({n: (v["after_deletion"] - v["before"]) / (v["full"] - v["before"]) for n, v in values.items()},
                   lambda v: f"{v:.0%}"))
    for size, value in results.get("record_memory", {}).items():
        add(f"memory a record of {size} bytes, beyond data and key", value, lambda v: f"{v:.1f} bytes", 48,
            "at most 48 bytes")
    if "leases" in results:
        runs = results["leases"]["busy"]
        add("renewals of leases, c=16", median(runs, "rate"), lambda v: f"{v:,.0f}/s", 15_000, "at least 15,000/s",
            most=False)
        cpu, rate = median(runs, "server_cpu"), median(runs, "rate")
        add("10,000 of them each 3 s, at that cost", cpu / rate * 10_000 / 3 if cpu and rate else None,
            lambda v: f"{v:.1%} of a core", 0.1, "at most 10 %")
        add("the same, a worker's hundred at a time", median(results["leases"]["bursts"], "server_cpu"),
            lambda v: f"{v:.1%} of a core", 0.1, "at most 10 %")
    if "executable" in results:
        add("executable, stripped", results["executable"], mb, 12e6, "at most 12 MB")
    return out


def growth_rows(results):
    out = []
    for case in results.values():
        for doing, runs in case["doings"].items():
            small, grown = median(runs["small"], "rate"), median(runs["grown"], "rate")
            ratio = grown / small if small and grown else None
            errors = [r["error"] for r in runs["small"] + runs["grown"] if "error" in r]
            out.append([f"{case['title']}: {doing}", f"{ratio:.2f}" if ratio else "-", "at least 0.9",
                        verdict(ratio, 0.9), errors[0][:80] if errors else f"{number(grown)}/s after {number(small)}/s"])
    return out


def others(single, growth):
    body = single_rows(single) + growth_rows(growth)
    return markdown(["other", "kinetide", "wanted", "bound", "beside it"], body) if body else ""


def text(results):
    """The whole report."""
    of = results["machine"]
    parts = [f"{of['cores']} cores of {of['cpu']}, Linux {of['kernel']}, {of['when']}; medians of {results['runs']}"
             + (" (--quick: not to be kept)" if results["quick"] else "")]
    if results["rows"]:
        parts.append(rates(results["rows"]))
    second = others(results["single"], results["growth"])
    return "\n\n".join(parts + ([second] if second else [])) + "\n"


def warnings(results):
    """What makes figures not worth keeping, one line each."""
    measured = dict(results["rows"])
    if "latency" in results["single"]:
        measured["latency"] = results["single"]["latency"]
    for name, case in results["growth"].items():
        measured |= {f"{name}: {doing}": runs for doing, runs in case["doings"].items()}
    out = []
    for name, of in measured.items():
        errors = {who: r["error"] for who, runs in of.items() for r in runs if "error" in r}
        out += [f"{name}: {who} failed: {why}" for who, why in errors.items()]
        if noise(of) > NOISE_MAX:
            out.append(f"{name}: others used {noise(of):.2f} cores meanwhile; repeat it on a quiet machine")
    return out
