// The quotes of a trial's criteria against the registry's text: what each quotes of it, and what nobody
// quotes.
#pragma once

#include <optional>
#include <vector>

#include "tools/lint/criteria.hpp"
#include "tools/lint/protocol_file.hpp"

namespace crit {

struct Quote {
  const Criterion* criterion = nullptr;
  bool held = false;                                     // the registry's text has it
  ProtocolItem::List list = ProtocolItem::List::unsaid;  // where, if it stands in one list only
};

struct ProtocolQuotes {
  std::vector<ProtocolItem> items;
  std::vector<bool> quoted;  // by item: half of it and more
  std::vector<Quote> quotes;
};

// Nothing without `--protocol`.
std::optional<ProtocolQuotes> protocol_quotes(const LintInput&);

// Words that say the registry's text is of another trial: `the protocol's file is of NCT00120289`. Empty: it
// is not, or it cannot be told.
std::string other_trial(const LintInput&, const ProtocolQuotes&);

// The item that has most words in common with a text; null: none has any.
const ProtocolItem* nearest_item(const std::vector<ProtocolItem>&, std::string_view text);

}  // namespace crit
