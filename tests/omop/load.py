"""CSV files of OMOP tables into a database. usage: load.py FOLDER sqlite FILE | duckdb FILE | parquet FOLDER | psql

Tables that have no file are not made. `psql` prints what psql is to run.
"""
import csv
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def file_of(folder, table):
    return os.path.join(folder, f"{table}.csv")


def statements(part):
    with open(os.path.join(HERE, "cdm.sql")) as file:
        text = file.read()
    text = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    return [s.strip() for s in text.split(";") if s.strip().startswith(part)]


def tables(folder):
    """Name, columns, and the statement that makes it."""
    for statement in statements("CREATE TABLE"):
        name = statement.split()[2]
        if os.path.exists(file_of(folder, name)):
            yield name, re.findall(r"(?:^|, )(\w+) [A-Z]+", statement[statement.index("(") + 1:]), statement


def indexes(folder):
    made = {name for name, _, _ in tables(folder)}
    return [s for s in statements("CREATE INDEX") if s.split()[4] in made]


def sqlite(folder, path):
    import sqlite3
    database = sqlite3.connect(path)
    for table, columns, statement in tables(folder):
        database.execute(statement)
        with open(file_of(folder, table), newline="") as file:
            rows = csv.reader(file)
            next(rows)
            database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})",
                                 ([cell or None for cell in row] for row in rows))
    for statement in indexes(folder):
        database.execute(statement)
    database.execute("ANALYZE")
    database.commit()


def duckdb_connection(folder, path):
    import duckdb
    database = duckdb.connect(path)
    for table, _, statement in tables(folder):
        database.execute(statement.replace("NUMERIC", "DOUBLE"))
        database.execute(f"COPY {table} FROM '{file_of(folder, table)}' (HEADER, NULLSTR '')")
    return database


def duckdb(folder, path):
    duckdb_connection(folder, path).close()


def parquet(folder, into):
    os.makedirs(into, exist_ok=True)
    database = duckdb_connection(folder, ":memory:")
    for table, _, _ in tables(folder):
        database.execute(f"COPY {table} TO '{os.path.join(into, table)}.parquet' (FORMAT parquet)")


def psql(folder):
    for table, _, statement in tables(folder):
        print(statement + ";")
        print(f"\\copy {table} FROM '{file_of(folder, table)}' CSV HEADER")
    for statement in indexes(folder):
        print(statement + ";")
    print("ANALYZE;")


if __name__ == "__main__":
    {"sqlite": sqlite, "duckdb": duckdb, "parquet": parquet, "psql": psql}[sys.argv[2]](sys.argv[1], *sys.argv[3:])
