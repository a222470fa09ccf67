// Paths of rule files to trees and Models: reads a file and what it uses, parses and checks it.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/model.hpp"
#include "interpreter/schema.hpp"

namespace crit {

inline constexpr size_t kMaxUsedFiles = 64;  // by one trial, itself or through others

// The rule files of a run. Spans, facts and Models point into it: it outlives them and does not move.
struct Rules {
  Schema schema;
  std::deque<Source> sources;               // Span::file is the index
  std::vector<const Source*> shown;         // the same, as render() takes them
  std::deque<Parsed> parsed;                // by source
  std::deque<Parsed> changed;               // trees of load_changed
  std::map<std::string, uint32_t> by_path;  // the real path of each, so that no file is read twice

  Rules() = default;
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;
};

struct LoadedTrial {
  uint32_t file = 0;
  const Text* use = nullptr;            // beside those that the file names itself; null: none
  Model model;                          // not to be evaluated where has_error(diagnostics)
  std::vector<uint32_t> uses;           // the files that it brings in
  std::vector<Diagnostic> diagnostics;  // of the file and of all that it uses, by place, each once
};

// Reads a file whole, at most `kMaxSourceBytes`; `-` is the standard input. Nothing, and why, where that
// cannot be.
std::optional<Source> read_source(const std::string& path, std::string& problem);

// What is wrong with a source that is no UTF-8 text.
std::optional<Diagnostic> refuse_no_text(const Source&);

// Parses a source; of one that is no UTF-8 text only that is said, since nothing else in it means anything.
Parsed parse_checked_text(const Source&);

// Reads and parses a file of the run, once; nothing, and why, where it cannot be opened.
std::optional<uint32_t> add_file(Rules&, const std::string& path, std::string& problem);

// Adds a text as the file at that path, whatever the file holds: what it would be after a change.
uint32_t add_text(Rules&, const std::string& path, std::string text);

// What a whole trial needs (check_shape); of a file that is no text nothing more is said.
std::vector<Diagnostic> check_shape_of(const Rules&, uint32_t file);

// Loads a trial; nothing, and why, where the file cannot be opened. `library`: it may be a file that others
// use, which needs neither `trial` nor criteria.
// `use`: a file that the trial uses beside those that it names itself, relative to the source of its span.
std::optional<LoadedTrial> load(Rules&, const std::string& path, std::string& problem, bool library = false,
                                const Text* use = nullptr);

// A tree of that file with what it uses, checked; what was wrong with their texts is not said here.
LoadedTrial load_tree(Rules&, uint32_t file, const Trial& tree, const Text* use);

// A text that is no file, such as a part of the command line; its number among the sources.
uint32_t add_loose_text(Rules&, std::string name, std::string text);

// A criterion whose condition is replaced by the one that stands in a source from the byte `begin` on; or,
// without a source, that is taken out.
struct ChangedCriterion {
  uint32_t criterion;
  uint32_t source = kNone;
  uint32_t begin = 0;
};

// The trial, which is without errors, with some of its criteria changed.
LoadedTrial load_changed(Rules&, const LoadedTrial&, std::span<const ChangedCriterion>);

}  // namespace crit
