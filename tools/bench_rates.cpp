// What this machine does, in figures, for tools/bench:
//   bench_rates rules FILE.crit...     megabytes of rules parsed and checked in a second
//   bench_rates json FILE.ndjson       lines a second that simdjson walks: every value, and nothing else
//   bench_rates documents FILE.json... milliseconds of that for files that are a document each, read included
//   bench_rates process N COMMAND...   the median milliseconds of N runs from start to end, the peak memory,
//                                      and the milliseconds of the fastest
//   bench_rates database URL < SQL     the fastest milliseconds in which a database hands out a query's rows
// All but the last two by processor time, which other programs disturb little.
#include <fcntl.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "interpreter/load.hpp"
#include "tools/omop/database.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// What this process worked so far.
double work_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string file_text(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int measure_rules(int count, char** paths) {
  size_t bytes = 0, errors = 0;
  const double start = work_seconds();
  while (work_seconds() - start < 1) {
    crit::Rules rules;  // of a run over all the files, as `crit lint FOLDER` is: the vocabulary is read once
    for (int i = 0; i < count; ++i) {
      std::string problem;
      const auto trial = crit::load(rules, paths[i], problem);
      if (!trial || has_error(trial->diagnostics)) ++errors;
    }
    for (const crit::Source& source : rules.sources) bytes += source.text.size();
  }
  fmt::print("{:.1f}\n", static_cast<double>(bytes) / 1e6 / (work_seconds() - start));
  return errors > 0;
}

// Visits every value; the sum keeps the work from being left out.
size_t walk(simdjson::ondemand::value value) {
  using simdjson::ondemand::json_type;
  switch (json_type(value.type())) {
    case json_type::object: {
      size_t sum = 0;
      for (auto field : value.get_object()) sum += walk(field.value());
      return sum;
    }
    case json_type::array: {
      size_t sum = 0;
      for (auto item : value.get_array()) sum += walk(item.value());
      return sum;
    }
    case json_type::string:
      return std::string_view(value.get_string()).size();
    case json_type::number:
      return value.raw_json_token().size();
    case json_type::boolean:
      return bool(value.get_bool());
    case json_type::null:
      return 1;
  }
  return 0;
}

int measure_json(const char* path) {
  const simdjson::padded_string text(file_text(path));
  simdjson::ondemand::parser parser;
  size_t lines = 0, sum = 0;
  const double start = work_seconds();
  simdjson::ondemand::document_stream documents = parser.iterate_many(text);
  for (auto document : documents) {
    for (auto field : document.get_object()) sum += walk(field.value());
    ++lines;
  }
  fmt::print("{:.0f}\n", static_cast<double>(lines) / (work_seconds() - start));
  return sum == 0;
}

int measure_documents(int count, char** paths) {
  std::vector<double> times;
  size_t sum = 0;
  for (int run = 0; run < 5; ++run) {
    const double start = work_seconds();
    simdjson::ondemand::parser parser;
    for (int i = 0; i < count; ++i) {
      const simdjson::padded_string text = simdjson::padded_string::load(paths[i]);
      simdjson::ondemand::document document = parser.iterate(text);
      for (auto field : document.get_object()) sum += walk(field.value());
    }
    times.push_back(work_seconds() - start);
  }
  std::ranges::nth_element(times, times.begin() + 2);
  fmt::print("{:.2f}\n", times[2] * 1000);
  return sum == 0;
}

int measure_database(const char* url) {
  crit::SqlText sql;
  sql.text = std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::vector<double> times;
  size_t rows = 0;
  try {
    for (int run = 0; run < 3; ++run) {
      const auto start = Clock::now();
      crit::open_database(url)->query(sql, [&](std::span<const std::string_view>) { return ++rows > 0; });
      times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
  } catch (const crit::DatabaseError& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 2;
  }
  fmt::print("{:.2f} {}\n", std::ranges::min(times) * 1000, rows / times.size());
  return 0;
}

int measure_process(int runs, char** command) {
  std::vector<double> times;
  long peak = 0;
  for (int i = 0; i < runs; ++i) {
    const auto start = Clock::now();
    const pid_t child = fork();
    if (child == 0) {
      dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
      execvp(command[0], command);
      _exit(127);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child) return 2;
    times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    peak = std::max(peak, used.ru_maxrss);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) return 2;
  }
  std::ranges::sort(times);
  fmt::print("{:.2f} {:.1f} {:.2f}\n", times[times.size() / 2] * 1000, static_cast<double>(peak) / 1024,
             times.front() * 1000);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 2 ? argv[1] : "";
  if (what == "rules") return measure_rules(argc - 2, argv + 2);
  if (what == "json") return measure_json(argv[2]);
  if (what == "documents") return measure_documents(argc - 2, argv + 2);
  if (what == "database") return measure_database(argv[2]);
  if (what == "process" && argc > 3) return measure_process(std::max(1, atoi(argv[2])), argv + 3);
  fmt::print(stderr,
             "usage: bench_rates rules FILE... | json FILE | documents FILE... | process RUNS COMMAND... |\n"
             "       bench_rates database URL < SQL\n");
  return 2;
}
