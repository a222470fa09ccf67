"""Runs SQL from standard input in DuckDB, and prints its rows as CSV. usage: duckdb_csv.py FILE < SQL"""
import sys

import duckdb

database = duckdb.connect(sys.argv[1], read_only=True)
database.execute(f"COPY ({sys.stdin.read()}) TO '/dev/stdout' (HEADER, DELIMITER ',')")
