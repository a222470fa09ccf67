// The vocabulary's .crit files to one C++ file: their text, what of it says something about a patient, an
// index of every name in it, and one of every code. Runs in the build, with the parser itself, so that a
// mistake in the vocabulary fails the build and start-up reads only the names in use.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "grammar/ast.hpp"

namespace {

struct Row {
  std::string of, kind, parents, text;
  bool is_plain;
  size_t begin, end;                  // in Texts::whole
  size_t meaning_begin, meaning_end;  // in Texts::meaning
};

// The declarations as written, and the same without what says nothing about a patient.
struct Texts {
  std::string whole, meaning;
};

// `first` and `last` of a range, or one code twice; by its system.
using Codes = std::set<std::tuple<std::string, std::string, std::string, std::string>>;

// ICD-10-CM is compared without its dot, and only there a `-` makes a range.
void add_codes(const crit::Declaration& d, Codes& codes) {
  for (const auto& field : d.fields) {
    const auto* written = std::get_if<crit::CodesField>(&field.node);
    if (!written) continue;
    for (const auto& code : written->codes) {
      std::string first = code.text, last = first;
      if (written->system.text == "icd10") {
        std::erase(first, '.');
        const size_t dash = first.find('-');
        last = dash == first.npos ? first : first.substr(dash + 1);
        first = first.substr(0, dash);
      }
      codes.emplace(written->system.text, first, last, d.name.text);
    }
  }
}

std::string file_text(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool report(const crit::Diagnostic& d, const crit::Source& source) {
  fmt::print(stderr, "{}", crit::render(d, {&source}));
  return d.severity == crit::Severity::error;
}

// Adds the names of one declaration; false where one is taken.
bool add_names(const crit::Declaration& d, const Row& row, std::map<std::string, Row>& index) {
  std::vector<std::string> names = {d.name.text};
  for (const auto& field : d.fields)
    if (const auto* also = std::get_if<crit::AlsoField>(&field.node))
      for (const auto& n : also->names) names.push_back(n.text);
  bool fine = true;
  for (const std::string& name : names) {
    if (index.emplace(name, row).second) continue;
    fmt::print(stderr, "the vocabulary declares `{}` twice: by {} and by {}\n", name, index[name].of, row.of);
    fine = false;
  }
  return fine;
}

bool says_nothing_of_patients(const crit::DeclarationField& field) {
  return std::holds_alternative<crit::SourceField>(field.node) ||
         std::holds_alternative<crit::CodesField>(field.node) ||
         std::holds_alternative<crit::NoteField>(field.node);
}

// Of what lasts: its kind, its words and its parents are all that is said.
bool is_plain(const crit::Declaration& d) {
  const bool lasts = d.kind == crit::FactKind::condition || d.kind == crit::FactKind::drug ||
                     d.kind == crit::FactKind::event;
  return lasts && d.text && !d.acute && d.attributes.empty() &&
         std::ranges::all_of(d.fields, says_nothing_of_patients);
}

void add_meaning(const crit::Statement& statement, const crit::Declaration& d, std::string_view source,
                 std::string& meaning) {
  const auto text = [&](size_t begin, size_t end) {
    const std::string_view all = source.substr(begin, end - begin);
    return all.substr(0, all.find_last_not_of(" \n") + 1);
  };
  meaning += text(statement.span.begin, d.fields.empty() ? statement.span.end : d.fields.front().span.begin);
  for (const auto& field : d.fields)
    if (!says_nothing_of_patients(field))
      meaning += fmt::format("\n  {}", text(field.span.begin, field.span.end));
  meaning += '\n';
}

bool add_file(const char* path, Texts& texts, std::map<std::string, Row>& index, Codes& codes) {
  crit::Source source{path, file_text(path), 0};
  const crit::Parsed parsed = crit::parse(source);
  bool fine = true;
  for (const auto& d : parsed.diagnostics) fine = !report(d, source) && fine;
  for (const auto& statement : parsed.trial.statements) {
    const auto* d = std::get_if<crit::Declaration>(&statement.node);
    if (!d) continue;
    Row row{d->name.text,
            std::string(crit::spelling(d->kind)),
            "",
            d->text ? d->text->text : "",
            is_plain(*d),
            texts.whole.size(),
            0,
            texts.meaning.size(),
            0};
    for (const auto& parent : d->parents) row.parents += (row.parents.empty() ? "" : " ") + parent.text;
    texts.whole += source.text.substr(statement.span.begin, statement.span.end - statement.span.begin);
    row.end = texts.whole.size();
    texts.whole += '\n';
    add_meaning(statement, *d, source.text, texts.meaning);
    row.meaning_end = texts.meaning.size();
    fine = add_names(*d, row, index) && fine;
    add_codes(*d, codes);
  }
  return fine;
}

std::set<std::string> parents_in(const std::map<std::string, Row>& index) {
  std::set<std::string> all;
  for (const auto& [name, row] : index) {
    std::istringstream parents(row.parents);
    for (std::string parent; parents >> parent;) all.insert(parent);
  }
  return all;
}

// Each `is PARENT`, by parent: which drugs are statins is asked each time the program starts.
void write_members(const std::map<std::string, Row>& index, std::ostream& out) {
  std::set<std::tuple<std::string, std::string, size_t>> members;
  size_t place = 0;
  for (const auto& [name, row] : index) {
    std::istringstream parents(name == row.of ? row.parents : "");
    for (std::string parent; parents >> parent;) members.emplace(parent, name, place);
    ++place;
  }
  out << "constexpr VocabularyMember kMembers[] = {\n";
  for (const auto& [parent, name, entry] : members)
    out << fmt::format("    {{\"{}\", \"{}\", {}}},\n", parent, name, entry);
  out << "};\n\n";
}

void write_codes(const Codes& codes, std::ostream& out) {
  out << "constexpr VocabularyCode kCodes[] = {\n";
  for (const auto& [system, first, last, name] : codes)
    out << fmt::format("    {{CodeSystem::{}, \"{}\", \"{}\", \"{}\"}},\n", system, first, last, name);
  out << "};\n\n";
}

// Line by line: one string literal of this length is more than some compilers take, many joined are not.
void write_text(std::string_view name, const std::string& text, std::ostream& out) {
  out << "constexpr char " << name << "[] =\n";
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    out << "    R\"crit(" << text.substr(begin, end - begin) << ")crit\"\n";
    begin = end;
  }
  out << "    \"\";\n\n";
}

void write(const Texts& texts, const std::map<std::string, Row>& index, const Codes& codes,
           std::ostream& out) {
  out << "// Made by prepare.cpp from the files of the vocabulary.\n#include \"interpreter/codes.hpp\"\n"
         "#include \"interpreter/schema.hpp\"\n\n"
         "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
         "namespace crit {\n\nnamespace {\n\n";
  write_text("kText", texts.whole, out);
  write_text("kMeaning", texts.meaning, out);
  out << "constexpr VocabularyEntry kIndex[] = {\n";
  const std::set<std::string> parents = parents_in(index);
  for (const auto& [name, row] : index)
    out << fmt::format(
        "    {{\"{}\", \"{}\", FactKind::{}, \"{}\", R\"crit({})crit\", {}, {}, {}, {}, {}, {}}},\n", name,
        row.of, row.kind, row.parents, row.is_plain ? row.text : "", row.is_plain, row.begin, row.end,
        row.meaning_begin, row.meaning_end, parents.contains(row.of));
  out << "};\n\n";
  write_members(index, out);
  write_codes(codes, out);
  out << "}  // namespace\n\n"
         "std::string_view vocabulary_text() { return {kText, sizeof kText - 1}; }\n"
         "std::string_view vocabulary_meaning() { return {kMeaning, sizeof kMeaning - 1}; }\n"
         "std::span<const VocabularyEntry> vocabulary_index() { return kIndex; }\n"
         "std::span<const VocabularyMember> vocabulary_members() { return kMembers; }\n"
         "std::span<const VocabularyCode> vocabulary_codes() { return kCodes; }\n\n}  // namespace crit\n";
}

}  // namespace

// usage: prepare OUT.cpp FILE.crit...
int main(int argc, char** argv) {
  if (argc < 3) return 2;
  Texts texts;
  std::map<std::string, Row> index;
  Codes codes;
  bool fine = true;
  for (int i = 2; i < argc; ++i) fine = add_file(argv[i], texts, index, codes) && fine;
  if (!fine) return 1;
  std::ofstream out(argv[1], std::ios::binary);
  write(texts, index, codes, out);
  return out.good() ? 0 : 1;
}
