// What crit.toml says of patients: tables with columns of their own, spellings of units, codes, which parts
// of a record are complete, and the rules that every trial uses.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/hold.hpp"
#include "interpreter/schema.hpp"
#include "interpreter/units.hpp"
#include "tools/settings_reading.hpp"

namespace crit {

namespace {

TableMapping& table(ReadingSettings& r) {
  return r.settings().patients.tables.back();
}

std::optional<Named> text_of(ReadingSettings& r, const toml::node& node, std::string_view what) {
  if (const auto text = node.value<std::string_view>(); text && node.is_string() && !text->empty())
    return Named{std::string(*text), r.span_of(node.source())};
  r.report(node.source(), fmt::format("this is no {}", what), "write it in quotes");
  return std::nullopt;
}

void read_words(ReadingSettings& r, const toml::node& node, TableWords& into) {
  const toml::table* words = node.as_table();
  if (!words)
    return r.report(node.source(), "this says of no word what it stands for",
                    "write it so: `{ M = \"male\", F = \"female\" }`");
  for (const auto& [word, value] : *words) {
    if (value.is_string())
      into.emplace(word.str(), *value.value<std::string>());
    else
      r.report(value.source(), "what a word stands for is a text",
               "write it in quotes; `\"\"` is an empty cell");
  }
}

template <Field field>
void read_field(ReadingSettings& r, const toml::node& node) {
  table(r).fields[size_t(field)] = text_of(r, node, "name of a column");
}
template <TableCell cell>
void read_cell(ReadingSettings& r, const toml::node& node) {
  table(r).cells[size_t(cell)] = text_of(r, node, "name of a column");
}

void read_system(ReadingSettings& r, const toml::node& node) {
  const auto word = node.value<std::string_view>();
  const auto system = word ? code_system_named(*word) : std::nullopt;
  if (!system && word != "local")
    return r.report(
        node.source(), "this is no system of codes",
        "write \"loinc\", \"snomed\", \"rxnorm\", \"icd10\", or \"local\" for the hospital's own");
  table(r).system = system;
}

constexpr SettingsKey kCodeKeys[] = {{"column", read_cell<TableCell::code>}, {"system", read_system}};

void read_code(ReadingSettings& r, const toml::node& node) {
  if (const toml::table* code = node.as_table(); code && code->contains("column") && code->contains("system"))
    return read_keys(r, *code, kCodeKeys);
  r.report(node.source(), "a code has a column and a system",
           "write it so: `{ column = \"LOINC\", system = \"loinc\" }`");
}

// The unit that the standard vocabulary measures a name in; empty: none that a result needs, or no measure of
// it.
std::string standard_unit(std::string_view name) {
  Schema schema;
  const FactId id = fact_named(schema, {}, name);
  if (id == kNoFact || schema.facts[id].kind != FactKind::measure) return "";
  const Fact& measure = schema.facts[id];
  return measure.unit.is_number() && measure.unit.factor == 1 ? "" : measure.unit_text;
}

void read_fact(ReadingSettings& r, const toml::key& name, const toml::node& node) {
  TableFact fact{{std::string(name.str()), r.span_of(name.source())}, {}, {}, {}};
  const toml::table* parts = node.as_table();
  const toml::node* column = parts ? parts->get("column") : &node;
  if (!column)
    return r.report(node.source(), "this fact has no column",
                    "write it so: `{ column = \"WEIGHT\", unit = \"kg\" }`");
  const auto named = text_of(r, *column, "name of a column");
  if (!named) return;
  fact.column = *named;
  if (parts)
    for (const auto& [key, value] : *parts) {
      if (key.str() == "unit") {
        const auto unit = text_of(r, value, "unit");
        if (unit && !parse_unit(unit->text)) r.report(value.source(), "this is not a known unit");
        if (unit) fact.unit = unit->text;
      } else if (key.str() == "values") {
        read_words(r, value, fact.words);
      } else if (key.str() != "column") {
        r.report(key.source(), fmt::format("there is no setting `{}` here", key.str()),
                 "the settings here are `column`, `unit`, `values`");
      }
    }
  if (const std::string unit = standard_unit(fact.fact.text); fact.unit.empty() && !unit.empty())
    r.report(name.source(), fmt::format("the unit of `{}` is not said", fact.fact.text),
             fmt::format("write the unit that the column has, such as `{{ column = \"{}\", unit = \"{}\" }}`",
                         fact.column.text, unit));
  table(r).facts.push_back(std::move(fact));
}

void read_facts(ReadingSettings& r, const toml::node& node) {
  if (const toml::table* facts = table_of(r, node, "table.facts"))
    for (const auto& [name, value] : *facts) read_fact(r, name, value);
}

constexpr SettingsKey kTableKeys[] = {
    {"file",
     [](ReadingSettings& r, const toml::node& node) {
       if (auto file = text_of(r, node, "name of a file")) table(r).file = std::move(*file);
     }},
    {"skip",
     [](ReadingSettings& r, const toml::node& node) {
       if (node.is_boolean())
         table(r).skip = *node.value<bool>();
       else
         r.report(node.source(), "this is neither true nor false");
     }},
    {"patient", read_cell<TableCell::patient>},
    {"screening", read_cell<TableCell::screening>},
    {"died", read_cell<TableCell::died>},
    {"code", read_code},
    {"name", read_cell<TableCell::name>},
    {"fact",
     [](ReadingSettings& r, const toml::node& node) { table(r).fact = text_of(r, node, "name of a fact"); }},
    {"value", read_field<Field::value>},
    {"values", [](ReadingSettings& r, const toml::node& node) { read_words(r, node, table(r).words); }},
    {"unit", read_field<Field::unit>},
    {"date", read_field<Field::date>},
    {"start", read_field<Field::start>},
    {"end", read_field<Field::end>},
    {"lower", read_field<Field::lower>},
    {"upper", read_field<Field::upper>},
    {"lab", read_field<Field::lab>},
    {"dose", read_field<Field::dose>},
    {"by", read_field<Field::by>},
    {"facts", read_facts}};

void check_table(ReadingSettings& r, const toml::node& node) {
  const TableMapping& made = table(r);
  const auto missing = [&](std::string_view what, std::string_view example) {
    r.report(node.source(), fmt::format("this table has no `{}`", what),
             fmt::format("write for example `{}`", example));
  };
  if (made.file.text.empty()) return missing("file", "file = \"labs.txt\"");
  if (made.skip) return;
  if (!made[TableCell::patient]) missing("patient", "patient = \"PID\"");
  const bool says = made[TableCell::code] || made.fact || !made.facts.empty() || made[TableCell::died] ||
                    made[TableCell::screening];
  if (!says) missing("code", "code = { column = \"LOINC\", system = \"loinc\" }");
}

void read_tables(ReadingSettings& r, const toml::node& node) {
  const toml::array* tables = node.as_array();
  if (!tables) return r.report(node.source(), "each table stands alone", "write it as `[[table]]`");
  for (const toml::node& one : *tables) {
    const toml::table* keys = table_of(r, one, "table");
    if (!keys) continue;
    r.settings().patients.tables.emplace_back();
    const size_t told = r.made.diagnostics.size();
    read_keys(r, *keys, kTableKeys);
    if (r.made.diagnostics.size() == told) check_table(r, one);
  }
}

// `"mg" = "g"`: a unit that crit knows, in another meaning. One that is nothing alike (`K`, which is kelvin)
// a laboratory may mean so.
void check_known_unit(ReadingSettings& r, const toml::key& spelling, const Named& unit) {
  std::string of_enzymes(spelling.str());  // `IU/L` and `U/L` are one of them
  if (const size_t at = of_enzymes.find("IU"); at != of_enzymes.npos) of_enzymes.erase(at, 1);
  if (parse_unit(of_enzymes) == parse_unit(unit.text)) return;
  const auto known = parse_unit(spelling.str()), meant = parse_unit(unit.text);
  if (!known || !meant || *known == *meant) return;
  const auto scale = conversion(*known, *meant);
  if (scale && scale->is_identity()) return;
  r.report(spelling.source(),
           scale
               ? fmt::format("`{}` is a unit that crit knows, and is not `{}`", spelling.str(), unit.text)
               : fmt::format("`{}` is a unit that crit knows; here it means `{}`", spelling.str(), unit.text),
           scale ? "take the line out: the results are converted" : "");
  if (!scale) r.made.diagnostics.back().severity = Severity::warning;
}

void read_units(ReadingSettings& r, const toml::node& node) {
  const toml::table* units = table_of(r, node, "units");
  if (!units) return;
  for (const auto& [spelling, value] : *units) {
    const auto unit = text_of(r, value, "unit");
    if (!unit) continue;
    if (!parse_unit(unit->text)) {
      const auto near = nearest_unit(unit->text);
      r.report(value.source(), fmt::format("`{}` is not a known unit", unit->text),
               near ? fmt::format("did you mean `{}`?", *near) : "");
      continue;
    }
    check_known_unit(r, spelling, *unit);
    r.settings().patients.site.units.emplace(spelling.str(), unit->text);
  }
}

void read_names(ReadingSettings& r, const toml::node& node, std::vector<std::string>& into) {
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& one : *list) read_names(r, one, into);
    return;
  }
  const auto name = text_of(r, node, "name of a fact");
  if (!name) return;
  into.push_back(name->text);
  r.settings().patients.facts.push_back(*name);
}

void read_codes(ReadingSettings& r, const toml::node& node) {
  const toml::table* systems = table_of(r, node, "codes");
  if (!systems) return;
  for (const auto& [name, codes] : *systems) {
    const auto system = code_system_named(name.str());
    if (!system && name.str() != "local") {
      r.report(
          name.source(), fmt::format("`{}` is no system of codes", name.str()),
          "write for example `[codes.local]` and below it `\"K-ALT\" = \"ALT\"`; the systems are `loinc`, "
          "`snomed`, `rxnorm`, `icd10`, and `local` for the hospital's own");
      continue;
    }
    const toml::table* list = table_of(r, codes, fmt::format("codes.{}", name.str()));
    if (!list) continue;
    for (const auto& [code, names] : *list)
      read_names(r, names, r.settings().patients.site.codes[key_of_code(system, code.str())]);
  }
}

void read_complete(ReadingSettings& r, const toml::node& node) {
  constexpr std::string_view kHelp =
      "write for example `\"problems.txt\" = [\"conditions\"]`; `\".\"` is the whole folder";
  const toml::table* sources = node.as_table();
  if (!sources)
    return r.report(node.source(), "`complete` says of each file or folder what is complete",
                    std::string(kHelp));
  for (const auto& [path, value] : *sources) {
    CompleteSetting made{{std::string(path.str()), r.span_of(path.source())}};
    const toml::array* parts = value.as_array();
    if (!parts) r.report(value.source(), "this is no list of parts", std::string(kHelp));
    for (size_t i = 0; parts && i < parts->size(); ++i) {
      const auto word = (*parts)[i].value<std::string_view>();
      if (const auto part = word ? part_named(*word) : std::nullopt)
        made.parts |= static_cast<uint8_t>(1u << unsigned(*part));
      else
        r.report((*parts)[i].source(), "this is no part of the record",
                 "write \"conditions\", \"drugs\" or \"events\"");
    }
    r.settings().patients.complete.push_back(std::move(made));
  }
}

constexpr SettingsKey kPatientKeys[] = {{"table", read_tables},
                                        {"units", read_units},
                                        {"codes", read_codes},
                                        {"complete", read_complete},
                                        {"use", [](ReadingSettings& r, const toml::node& node) {
                                           if (const auto file = text_of(r, node, "name of a file"))
                                             r.settings().patients.use = Text{file->text, {}, file->span};
                                         }}};

}  // namespace

std::span<const SettingsKey> keys_of_patients() {
  return kPatientKeys;
}

}  // namespace crit
