// crit extract: trials to the SQL that takes out of an OMOP database what they read.
#include "interpreter/load.hpp"
#include "tools/commands.hpp"
#include "tools/omop/write_sql.hpp"
#include "tools/trials.hpp"

namespace crit {

Status run(const ExtractCommand& command, Console& console) {
  Rules rules;
  std::vector<LoadedTrial> trials;
  for (const std::string& path : command.files) {
    auto trial = load_for_use(rules, path, console);
    if (!trial) return kUnusable;
    trials.push_back(std::move(*trial));
  }
  std::optional<When> screening;
  if (!read_screening(command.screening, screening, console)) return kUnusable;
  SqlText begun;
  begun.dialect = command.dialect;
  begun.has_parameters = false;
  begun.schema = command.schema;
  const auto facts = asked_facts(rules.schema, trials, screening);
  console.out.text += write_extraction(facts, {}, std::move(begun)).sql.text;
  return kClean;
}

}  // namespace crit
