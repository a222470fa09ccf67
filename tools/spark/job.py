"""Decides the persons of an OMOP CDM by a trial, in Spark: SQL that crit writes takes the facts out of Parquet, a crit
for each partition decides them, and the verdicts are written as Parquet. See README.md.

usage: spark-submit job.py TRIAL.crit CDM VERDICTS SCREENING [OPTION OF crit eval]...

CDM: a folder with `TABLE.parquet`, a file or folder, for each table; VERDICTS: the folder to write; SCREENING: a date.
CRIT in the environment is the program, where it is not `crit`.
"""
import itertools
import json
import os
import shlex
import subprocess
import sys

from pyspark.sql import SparkSession

CRIT = os.environ.get("CRIT", "crit")
TABLES = ("concept concept_ancestor concept_relationship condition_occurrence death drug_exposure drug_strength "
          "measurement observation person procedure_occurrence visit_occurrence").split()
YES_AND_NO = {"yes": True, "no": False}


def to_patient(patient, rows):
    """A person's rows as a patient in crit's JSON."""
    made = {"patient": patient, "facts": {}}
    for row in rows:
        cells = row.asDict()
        del cells["patient"], cells["fact"]
        record = {name: YES_AND_NO.get(cell, cell) for name, cell in cells.items() if cell is not None}
        if row.fact == "death":
            made["death"] = row.value
        elif record:
            made["facts"].setdefault(row.fact, []).append(record)
    return json.dumps(made)


def to_patients(rows):
    """A partition's rows, those of a person together, to a line of JSON a person."""
    for patient, its_rows in itertools.groupby(rows, key=lambda row: row.patient):
        yield to_patient(patient, its_rows)


def main(trial, cdm, verdicts, screening, *options):
    spark = SparkSession.builder.appName("crit").getOrCreate()
    extraction = subprocess.run([CRIT, "extract", trial, "--dialect", "spark", "--screening", screening], check=True,
                                stdout=subprocess.PIPE, text=True).stdout
    for table in TABLES:
        if f"`{table}`" in extraction:
            spark.read.parquet(os.path.join(cdm, table + ".parquet")).createOrReplaceTempView(table)
    evaluation = shlex.join([CRIT, "eval", trial, "-", "--screening", screening, "--format", "ndjson", "--threads", "1",
                             *options])
    # Status 1 says that some persons have no verdict; their lines say why. Any other ends the job.
    filter_ = shlex.join(["sh", "-c", evaluation + " || [ $? = 1 ]"])
    *concepts, records = extraction.split(";\n\n")
    for statement in concepts:
        spark.sql(statement)
    lines = spark.sql(records).rdd.mapPartitions(to_patients).pipe(filter_, dict(os.environ), checkCode=True)
    spark.createDataFrame(lines.map(lambda line: (line,)), "verdict string").write.mode("overwrite").parquet(verdicts)


if __name__ == "__main__":
    main(*sys.argv[1:])
