// What `--help` of the program and of each command says beside its options: what it is for, and examples.
#pragma once

#include <string_view>

namespace crit {

inline constexpr std::string_view kIntroduction =
    "crit decides by a trial's written criteria whether a patient is eligible, ineligible or undetermined,\n"
    "and says why and what is still needed.";

inline constexpr std::string_view kFirstSteps =
    "First steps:\n"
    "  crit eval trials/NCT06534528.crit trials/patients/*   decide the example patients\n"
    "  crit test trials/NCT06534528.crit                     run the cases beside the trial\n"
    "  crit facts ALT                                        what a name of the vocabulary means\n"
    "  crit COMMAND --help                                   options and examples of a command\n"
    "\n"
    "Exit status: 0 done and clean; 1 findings, failed cases, or patients that could not be read;\n"
    "2 a mistake in the command line, a file that cannot be opened, or rules that cannot be evaluated;\n"
    "130 interrupted (Ctrl-C): what is written is complete up to there.";

inline constexpr std::string_view kEvalHelp =
    "Files that end in .crit are trials; all others are patients, as text, JSON, NDJSON, CSV or FHIR R4:\n"
    "they are told apart by what they hold. A folder stands for the files in it; `-` reads standard input.\n"
    "A file may be packed by gzip or zstd.\n"
    "Patients that cannot be read are named on standard error and get no verdict; the others do.\n"
    "\n"
    "Examples:\n"
    "  crit eval trial.crit patients.json\n"
    "  crit eval trial.crit ward-a.csv ward-b.csv --format csv > verdicts.csv\n"
    "  crit eval trial.crit other-trial.crit patients.ndjson --format ndjson\n"
    "  crit eval trial.crit patients.csv --screening 2025-03-01   for patients without a date of their own\n"
    "  crit eval trial.crit bundles --screening 2025-03-01 --complete conditions,drugs\n"
    "                                     FHIR: bundles, or a bulk export with a file a kind of resource\n"
    "  crit eval trial.crit hospital      tables whose columns a crit.toml beside them names\n"
    "  crit eval trial.crit --omop postgresql://db.example/cdm --omop-schema cdm54 --screening 2025-03-01\n"
    "  crit eval trial.crit --omop sqlite:cdm.db --screening 2025-03-01 --complete conditions,drugs,events";

inline constexpr std::string_view kCohortHelp =
    "Counts, for each trial (.crit) among the files, all patients of the other files: how many are "
    "eligible,\n"
    "undetermined and ineligible; where in the protocol's order patients leave; how many fail each "
    "criterion,\n"
    "fail only it, or are unknown under it; which facts are missing, and how many patients each alone would\n"
    "settle; who misses one limit by 10% at most; who becomes eligible in the next days as time passes.\n"
    "\n"
    "--format html writes one page that loads nothing: open it from the disk, print it, filter its "
    "patients.\n"
    "--format log writes the screening log as CSV: trial, patient, arm, date, verdict, first criterion that\n"
    "failed, all that failed, facts that are missing. --days looks only at time: the screening date moves "
    "on,\n"
    "nothing new is recorded. --with is in place of the condition that the trial has under that number. Of\n"
    "several trials each that has the number is changed; TRIAL.E3 changes that one.\n"
    "\n"
    "Examples:\n"
    "  crit cohort trial.crit patients.ndjson\n"
    "  crit cohort trial.crit patients.csv --format html > screening.html\n"
    "  crit cohort trial.crit patients.csv --format log > screening-log.csv\n"
    "  crit cohort trial.crit patients.csv --without E3 --with \"I4: 35% <= FVC <= 70%\"\n"
    "  crit cohort trial.crit patients.csv --days 90     who could join within three months\n"
    "  crit cohort trial-a.crit trial-b.crit ward-1.csv ward-2.csv --without TRIAL-A.E3";

inline constexpr std::string_view kExtractHelp =
    "The query looks codes up in the database's own vocabulary tables and gives a row a record, the rows of "
    "each\n"
    "person together, with the columns of a long CSV: what the engine writes as CSV, `crit eval` reads. "
    "With\n"
    "--screening records that no window of the trials reaches are left out.\n"
    "\n"
    "Examples:\n"
    "  crit extract trial.crit | psql --csv -f - cdm | crit eval trial.crit - --screening 2025-03-01\n"
    "  crit extract trial.crit --dialect duckdb --omop-schema cdm > extract.sql\n"
    "  crit extract trial.crit --dialect spark     see tools/spark for a job that runs it";

inline constexpr std::string_view kLintHelp =
    "A folder stands for all .crit files in it. `crit rules` lists the rules by group; `crit rules RULE` "
    "says\n"
    "what a rule looks for and how its findings are mended.\n"
    "\n"
    "A crit.toml beside the files, or in a folder above, says what holds for all of them:\n"
    "\n"
    "  [lint]\n"
    "  severity = \"info\"             # the least that is shown\n"
    "  select = [\"logic\", \"text\"]    # look for these alone: rules and groups\n"
    "  ignore = [\"missing-text\"]     # but not for these; a rule's name counts more than its group's\n"
    "\n"
    "  [lint.rules]\n"
    "  stale-measure = \"warning\"     # how severe a rule's findings are\n"
    "\n"
    "--select sets aside what crit.toml selects and ignores. One finding is silenced where it stands, by\n"
    "`allow RULE \"reason\"` in the criterion.\n"
    "\n"
    "--fix mends what is shown. A mended file is read and checked again before it is written; no mend is "
    "kept\n"
    "that leaves it worse. --fix=suggested asks at the terminal, and refuses where there is none.\n"
    "\n"
    "Examples:\n"
    "  crit lint trial.crit\n"
    "  crit lint trials --severity=info --ignore text,todo\n"
    "  crit lint trial.crit --fix                      mend what is safe to mend, show what is left\n"
    "  crit lint trial.crit --protocol registry.json   also name the criteria that no rule quotes\n"
    "  crit lint trial.crit --facts patients.ndjson    also name the facts that no patient has\n"
    "  crit lint trial.crit --facts hospital/crit.toml --omop sqlite:cdm.db   tables and databases too\n"
    "  crit lint trials --format sarif > lint.sarif";

inline constexpr std::string_view kFmtHelp =
    "The files are written in place; `-` formats standard input to standard output. A file with mistakes is "
    "left\n"
    "as it is.\n"
    "\n"
    "Examples:\n"
    "  crit fmt trial.crit\n"
    "  crit fmt --check trials   names the files that would change, and changes none";

inline constexpr std::string_view kTestHelp =
    "FILE is a trial or its cases: NAME.cases lies beside NAME.crit. A folder stands for all cases in it.\n"
    "\n"
    "Examples:\n"
    "  crit test trials/NCT06534528.crit\n"
    "  crit test trials";

inline constexpr std::string_view kFactsHelp =
    "Examples:\n"
    "  crit facts              every name\n"
    "  crit facts ALT HbA1c    all that is known of two names\n"
    "  crit facts pressure     names that have the word in them, or in what is said of them\n"
    "  crit facts --unmapped bundles   codes in FHIR files and tables that are read as nothing, the most "
    "frequent\n"
    "                                  first\n"
    "  crit facts --unmapped --omop sqlite:cdm.db   concepts of a database";

inline constexpr std::string_view kRulesHelp =
    "Examples:\n"
    "  crit rules                 every rule in a line\n"
    "  crit rules time            those of a group\n"
    "  crit rules mixed-and-or    what it finds, why that matters, an example and the mend";

inline constexpr std::string_view kDumpHelp =
    "Examples:\n"
    "  crit dump --ast trial.crit     what was read\n"
    "  crit dump --model trial.crit   what it means: names, units and windows resolved";

}  // namespace crit
