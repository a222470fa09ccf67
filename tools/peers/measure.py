"""Measures crit beside its peers over one file of NDJSON and one of wide CSV, for tools/bench: measure.py PATIENTS.

The systems that are compared take turns, so that what else the machine does meets all of them; the median of the runs
counts. A rate by the clock and one by processor time are given: on a machine that is busy the second can be compared.
DuckDB and cql-execution are timed inside their processes, from connecting or making the library to the counts; crit and
the loop are timed as whole processes. cql-execution is measured over fewer patients, beside crit over the same; its rate is
that of more, as the beginning of its process is left out.
"""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
FILES, TRIAL = TOP / "build/bench", TOP / "trials/NCT06534528.crit"
CRITERIA = [f"I{i}" for i in range(1, 5)] + [f"E{i}" for i in range(1, 15)]
DUCKDB, CQL = "duckdb==2.0.1", "cql-execution@3.3.2"
MOST_OF_CQL = 100_000  # patients


class Run:
    """One run of a program: what it wrote, its seconds by the clock and of processor time, its peak memory in MiB."""

    def __init__(self, command, keep=True):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.PIPE if keep else subprocess.DEVNULL, cwd=TOP, text=True)
        self.text = child.stdout.read() if keep else ""
        _, status, used = os.wait4(child.pid, 0)
        self.seconds, self.work = time.perf_counter() - start, used.ru_utime + used.ru_stime
        self.mib = used.ru_maxrss / 1024
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"this ended with {child.returncode}: {' '.join(map(str, command))}")


class System:
    """`command`, the file, `behind`: what prints the counts in a line and then its own times; none: it is run as below."""

    def __init__(self, name, form, threads, patients, command=(), behind=()):
        self.name, self.form, self.threads, self.patients = name, form, threads, patients
        self.command, self.behind = command, behind
        self.runs, self.same = [], ""

    def median(self, what):
        return statistics.median(getattr(run, what) for run in self.runs)

    def peak(self):
        return max(run.mib for run in self.runs)


def crit_command(path, threads, trials=(TRIAL,)):
    return ["build/crit", "eval", *trials, path, "--format", "csv", "--threads", str(threads)]


def counts_of_crit(path):
    """The counts that every peer must give, out of crit's own answers."""
    patients, verdicts, failed, unknown = 0, {}, dict.fromkeys(CRITERIA, 0), dict.fromkeys(CRITERIA, 0)
    child = subprocess.Popen(crit_command(path, os.cpu_count()), stdout=subprocess.PIPE, cwd=TOP, text=True)
    next(child.stdout)
    for line in child.stdout:
        cells = line.split(",")
        patients += 1
        verdicts[cells[4]] = verdicts.get(cells[4], 0) + 1
        for counts, cell in ((failed, cells[5]), (unknown, cells[6])):
            for criterion in cell.split(";") if cell else ():
                counts[criterion] += 1
    if child.wait() != 0:
        sys.exit("crit could not read a patient")
    counts = [patients, verdicts.get("ineligible", 0), verdicts.get("undetermined", 0)]
    for criterion in CRITERIA:
        counts += [failed[criterion], unknown[criterion]]
    return " ".join(map(str, counts))


def take_turn(system, path):
    if system.name == "crit":
        run = Run(crit_command(path, system.threads), keep=False)
        answer = None
    elif system.command:
        run = Run([*system.command, path, *system.behind])
        answer, times = run.text.splitlines()
        run.seconds, run.work = map(float, times.split())
    else:
        run = Run(["build/bench_hand", TRIAL, path])
        answer = run.text.strip()
    system.runs.append(run)
    return answer


def measure(systems, rounds):
    path = FILES / f"{systems[0].patients}.{systems[0].form}"
    wanted = counts_of_crit(path)  # which also brings the file into memory
    for _ in range(rounds):
        for system in systems:
            answer = take_turn(system, path)
            if answer not in (None, wanted):
                sys.exit(f"{system.name} counts otherwise over {path}:\n  {answer}\ncrit:\n  {wanted}")
            system.same = "same" if answer else ""
    return systems


def systems_of(form, patients, python):
    duckdb = [System("DuckDB", form, threads, patients, [python, "tools/peers/ask_duckdb.py", form], [str(threads)])
              for threads in (1, 2)] if python else []
    return [System("crit", form, 1, patients), System("crit", form, 2, patients), *duckdb,
            System("loop by hand", form, 1, patients)]


def show_table(systems):
    print(f"{'system':14}{'input':8}{'patients':>9}{'threads':>8}{'patients/s':>13}{'MB/s':>7}{'by processor time':>20}{'MB/s':>7}"
          f"{'peak MiB':>10}  counts")
    for s in systems:
        size = (FILES / f"{s.patients}.{s.form}").stat().st_size
        clock, work = s.median("seconds"), s.median("work")
        print(f"{s.name:14}{s.form:8}{s.patients:9}{s.threads:8}{s.patients / clock:13,.0f}{size / clock / 1e6:7.0f}"
              f"{s.patients / work:20,.0f}{size / work / 1e6:7.0f}{s.peak():10.1f}  {s.same}")


def show(name, clock, work, wanted):
    print(f"{name:52}{clock:6.2f}  by processor time{work:6.2f}  wanted: {wanted}")


def show_times(name, one, other, wanted):
    """How often the time of `other` fits into that of `one`."""
    show(name, one.median("seconds") / other.median("seconds"), one.median("work") / other.median("work"), wanted)


def show_ratios(systems):
    def of(name, form, threads):
        return next((s for s in systems if (s.name, s.form, s.threads) == (name, form, threads)), None)

    for form, target in (("ndjson", 2.5), ("csv", 2)):
        crit = of("crit", form, 1)
        for threads in (1, 2):
            if duck := of("DuckDB", form, threads):
                show_times(f"crit's rate by DuckDB's, {form}, threads: {threads}", duck, of("crit", form, threads),
                           f"at least {target}" if threads == 1 else "-")
        show_times(f"crit's time by the loop's, {form}", crit, of("loop by hand", form, 1), "at most 1.5")
        two = crit.median("seconds") / of("crit", form, 2).median("seconds")
        print(f"{f'crit with two threads by one, {form}':52}{two:6.2f}{'':25}wanted: at least 1.6")
        print(f"{f'crit, peak MiB on one thread, {form}':52}{crit.peak():6.1f}{'':25}wanted: at most "
              f"{32 + 16 * crit.patients / 2**20:.1f}")
    if cql := of("cql-execution", "ndjson", 1):
        for form in ("ndjson", "csv"):
            crit = of("crit", form, 1)
            show(f"crit's rate by cql-execution's of NDJSON, {form}",
                 *(crit.patients / crit.median(what) / (cql.patients / cql.median(what)) for what in ("seconds", "work")),
                 "at least 200")


def hundred_trials(folder, sources):
    """So many trials that there are a hundred, each under several names.

    The judgements of the patients answer TRIAL's criteria, and no other trial's of the same number.
    """
    folder.mkdir(exist_ok=True)
    trials = []
    for i in range(100):
        trials.append(folder / f"T{i:03}.crit")
        source = sources[i % len(sources)]
        text = source.read_text()
        if source != TRIAL:
            text = re.sub(r"^(include|exclude) (\S+)", rf"\1 \2_{i % len(sources)}", text, flags=re.M)
        trials[-1].write_text(re.sub(r"^trial \S+", f"trial T{i:03}", text, flags=re.M))
    return trials


def measure_hundred(patients, rounds):
    """100 trials of one text, and of the texts of all trials here, whose conditions differ more."""
    path = FILES / f"{patients}.ndjson"
    kinds = {"100 trials of one text": hundred_trials(FILES / "hundred", [TRIAL]),
             "100 trials of 20 texts": hundred_trials(FILES / "twenty", sorted(TOP.glob("trials/*.crit")))}
    one = System("one", "ndjson", 1, patients)
    hundred = {kind: System(kind, "ndjson", 1, patients) for kind in kinds}
    for _ in range(rounds):
        one.runs.append(Run(crit_command(path, 1), keep=False))
        for kind, trials in kinds.items():
            hundred[kind].runs.append(Run(crit_command(path, 1, trials), keep=False))
    for kind in kinds:
        show_times(f"{kind} by one trial's, {patients} patients", hundred[kind], one, "under 20")


def rates(systems):
    """What bench_rates measures of one process alone."""
    crit = systems[0]
    alone = float(Run(["build/bench_rates", "json", FILES / f"{crit.patients}.ndjson"]).text)
    share = crit.patients / crit.median("work") / alone
    print(f"{'simdjson alone, every value, by processor time':52}{alone:10,.0f} patients/s; crit reaches {share:.0%} of it")
    middle, peak, least = Run(["build/bench_rates", "process", "51", "build/crit", "eval", TRIAL,
                               FILES / "1.ndjson"]).text.split()
    print(f"{'one patient, start to answer':52}{middle:>6} ms, at best {least}, {peak} MiB{'':6}wanted: at most 5")
    rules = Run(["build/bench_rates", "rules", *sorted(TOP.glob("trials/*.crit"))]).text.strip()
    print(f"{'rules parsed and checked, by processor time':52}{rules:>6} MB/s")


def busy_seconds():
    """Processor seconds of all programs since the machine began."""
    v = [int(x) for x in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (v[0] + v[1] + v[2] + v[5] + v[6]) / os.sysconf("SC_CLK_TCK")


def python_with_duckdb():
    made = subprocess.run(["tools/python", "peers", DUCKDB], stdout=subprocess.PIPE, cwd=TOP, text=True)
    if made.returncode == 0:
        return made.stdout.strip()
    print("DuckDB is left out: it could not be had from PyPI")
    return None


def folder_with_cql():
    """Where npm has put cql-execution: under build/, and the next time it is there."""
    folder = TOP / "build/peers-node"
    if missing := [program for program in ("node", "npm") if not shutil.which(program)]:
        print(f"cql-execution is left out: {' and '.join(missing)} cannot be found")
        return None
    noted = folder / "packages"
    if not noted.exists() or noted.read_text() != CQL:
        folder.mkdir(parents=True, exist_ok=True)
        if subprocess.run(["npm", "install", "--prefix", folder, "--no-save", "--silent", CQL], stdout=sys.stderr).returncode:
            print("cql-execution is left out: it could not be had from npm")
            return None
        noted.write_text(CQL)
    return folder


def main(patients):
    rounds = 5 if patients <= 100_000 else 3
    python, folder = python_with_duckdb(), folder_with_cql()
    start, busy = time.perf_counter(), busy_seconds()
    systems = [s for form in ("ndjson", "csv") for s in measure(systems_of(form, patients, python), rounds)]
    if folder:
        some = min(patients, MOST_OF_CQL)
        cql = System("cql-execution", "ndjson", 1, some, ["node", "tools/peers/cql.mjs", folder])
        systems += measure([System("crit", "ndjson", 1, some), cql], 3)
    spent = time.perf_counter() - start
    children = os.times()
    own = children.children_user + children.children_system + children.user + children.system
    others = max(0, busy_seconds() - busy - own) / spent
    print(f"{patients} patients for {TRIAL.stem}, the median of {rounds} runs; other programs kept {others:.1f} of "
          f"{os.cpu_count()} processors busy meanwhile")
    show_table(systems)
    show_ratios(systems)
    measure_hundred(min(patients, 100_000), 1 if patients >= 100_000 else 3)
    rates(systems)


if __name__ == "__main__":
    main(int(sys.argv[1]))
