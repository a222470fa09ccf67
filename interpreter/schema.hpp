// All facts of a run under their names: what the trials declare, and of the standard vocabulary what is asked
// for.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/ast.hpp"
#include "interpreter/fact.hpp"

namespace crit {

// An entry of the vocabulary's index, made at build time from the vocabulary files by the parser itself.
struct VocabularyEntry {
  std::string_view name;  // the declared name, or another one of it (`also`)
  std::string_view of;    // the declared name
  FactKind kind;
  std::string_view parents;             // names with one blank between
  std::string_view text;                // its words, where it is plain
  bool is_plain;                        // its kind, words and parents are all that is said: it is not parsed
  uint32_t begin, end;                  // the statement's bytes in vocabulary_text()
  uint32_t meaning_begin, meaning_end;  // and in vocabulary_meaning()
  bool has_members;                     // another entry says `is` it
};
std::vector<std::string_view> parents_of(const VocabularyEntry&);
std::string_view vocabulary_text();
// The same without sources, codes and notes, which say nothing about a patient: half the text, read whenever
// the program starts.
std::string_view vocabulary_meaning();
std::span<const VocabularyEntry> vocabulary_index();             // sorted by name
const VocabularyEntry* vocabulary_entry(std::string_view name);  // nullptr: no such name
// A declaration of the vocabulary that says `is PARENT`.
struct VocabularyMember {
  std::string_view parent, name;
  uint32_t entry;  // of the name, in the index
};
std::span<const VocabularyMember> vocabulary_members();  // sorted by parent, then name
std::span<const VocabularyMember> vocabulary_children(std::string_view name);

// So that a map is asked for a name without a copy of it.
struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// The facts of a run. Addresses are stable. Names map to every reading that some trial of the run has of
// them.
struct Schema {
  std::deque<Fact> facts;  // FactId is the index
  std::vector<Diagnostic>
      diagnostics;  // of declarations of the vocabulary: a fault of the build, shown all the same

  // One a trial: the names it declares itself (also the other names), over the standard vocabulary.
  struct Scope {
    std::string trial;  // its identifier
    std::unordered_map<std::string, FactId, TextHash, std::equal_to<>> own;
  };
  std::vector<std::unique_ptr<Scope>> scopes;

  std::vector<std::optional<FactId>> standard;  // by place in the vocabulary's index: what has been read
  std::vector<std::unique_ptr<Trial>> vocabulary_trees;  // keeps the declarations that facts point to
  std::unordered_map<std::string, std::unique_ptr<Conversion>> conversions;  // "fact id, unit text"

  // Whether a fact that several trials declare in the same words is one: for who evaluates them, and looks at
  // no declaration's place.
  bool joins_facts = false;
  std::unordered_map<std::string, FactId> joined;  // by all that the declaration says
};

// Adds what a trial declares, or finds the same that another one has declared.
FactId add_fact(Schema&, Fact);

// The fact that a trial means by a name; kNoFact if there is none. Reads the vocabulary's declaration on
// first use.
FactId fact_named(Schema&, const Schema::Scope&, std::string_view name);

// The standard fact of an entry of the vocabulary's index, its declaration read on first use.
FactId fact_of_entry(Schema&, size_t entry);

// Every reading of a name among the trials of the run, for the readers of patients; empty: nobody declares
// it. `NCT06534528.E8` is a judgement as that trial asks it.
std::vector<FactId> readings_of(Schema&, std::string_view name);

// The conversion of a unit as written in data for one fact; nullptr: the unit cannot be read at all. Stable
// address.
const Conversion* conversion_of(Schema&, FactId, std::string_view unit_text);

// The declared name nearest to a misspelt one, or the one that differs in case; empty if none is near.
std::string nearest_name(const Schema&, const Schema::Scope&, std::string_view name);

}  // namespace crit
