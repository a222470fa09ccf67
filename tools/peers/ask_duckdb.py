"""Counts with DuckDB what tools/peers/criteria.sql asks of a file of patients: ask_duckdb.py csv|ndjson FILE THREADS.
Prints the counts in one line, then the seconds and the seconds of processor time from connecting to the counts: what
Python takes to begin is not DuckDB's."""
import pathlib
import sys
import time

import duckdb

form, path, threads = sys.argv[1:]
here = pathlib.Path(__file__).parent
start, start_of_work = time.perf_counter(), time.process_time()
database = duckdb.connect()
database.execute(f"SET threads = {int(threads)}")
database.execute("SET VARIABLE file = $1", [path])
database.execute((here / f"{form}.sql").read_text())
database.execute((here / "criteria.sql").read_text())
row = database.execute("FROM counts").fetchone()
seconds, work = time.perf_counter() - start, time.process_time() - start_of_work
print(*row)
print(f"{seconds:.6f} {work:.6f}")
