// The quotes of a trial's criteria against the registry's text: what each quotes of it, and what nobody
// quotes.
#include "tools/lint/protocol_quotes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

std::string_view trial_id(const LintInput& input) {
  for (const Statement& statement : input.trial.statements)
    if (const auto* trial = std::get_if<TrialStatement>(&statement.node)) return trial->id.text;
  return {};
}

// The essences of all items, one after the other.
struct Whole {
  std::string text;
  std::vector<size_t> begins;  // by item; one more at the end
  std::vector<bool> covered;   // by byte

  size_t item_at(size_t at) const {
    return size_t(std::ranges::upper_bound(begins, at) - begins.begin()) - 1;
  }
};

Whole whole_of(const std::vector<ProtocolItem>& items) {
  Whole whole;
  for (const ProtocolItem& item : items) {
    whole.begins.push_back(whole.text.size());
    whole.text += essence(item.text).text;
  }
  whole.begins.push_back(whole.text.size());
  whole.covered.resize(whole.text.size());
  return whole;
}

// A quote's parts between its `...`.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t dots = std::min(text.find("..."), text.find("\u2026"));
    std::string part = essence(text.substr(0, dots)).text;
    if (!part.empty()) parts.push_back(std::move(part));
    text = dots == std::string_view::npos ? std::string_view() : text.substr(dots + 3);
  }
  return parts;
}

// Where a part stands: as whole items if there are such, otherwise wherever it is.
std::vector<size_t> places_of(const Whole& whole, std::string_view part) {
  std::vector<size_t> exact, all;
  for (size_t at = whole.text.find(part); at != std::string::npos; at = whole.text.find(part, at + 1)) {
    all.push_back(at);
    const bool begins = std::ranges::binary_search(whole.begins, at);
    if (begins && std::ranges::binary_search(whole.begins, at + part.size())) exact.push_back(at);
  }
  return exact.empty() ? all : exact;
}

Quote quote_of(const Criterion& criterion, const std::vector<ProtocolItem>& items, Whole& whole) {
  Quote quote{&criterion, true, ProtocolItem::List::unsaid};
  std::set<ProtocolItem::List> lists;
  for (const std::string& part : parts_of(without_heading(criterion.text->text))) {
    const std::vector<size_t> places = places_of(whole, part);
    quote.held = quote.held && !places.empty();
    for (size_t at : places) {
      lists.insert(items[whole.item_at(at)].list);
      std::fill_n(whole.covered.begin() + long(at), part.size(), true);
    }
  }
  if (lists.size() == 1) quote.list = *lists.begin();
  return quote;
}

std::set<std::string> words_of(std::string_view text) {
  const PlainText plain = plain_text(text);
  std::set<std::string> words;
  for (size_t at = 0; at < plain.lower.size();) {
    const std::string_view word = next_word(std::string_view(plain.lower).substr(at));
    if (word.size() > 3) words.emplace(word);
    at += std::max<size_t>(word.size(), 1);
  }
  return words;
}

struct Near {
  const ProtocolItem* item = nullptr;
  size_t common = 0, words = 0;  // of the text's words the item has so many
};
Near nearest(const std::vector<ProtocolItem>& items, std::string_view text) {
  const std::set<std::string> words = words_of(text);
  Near near{.words = words.size()};
  for (const ProtocolItem& item : items) {
    const std::set<std::string> other = words_of(item.text);
    const auto common =
        size_t(std::ranges::count_if(words, [&](const std::string& w) { return other.contains(w); }));
    if (common <= near.common) continue;
    near.common = common;
    near.item = &item;
  }
  return near;
}

constexpr size_t kIdDigits = 8;  // of ClinicalTrials.gov

bool is_registry_id(std::string_view id) {
  return id.size() == 3 + kIdDigits && id.starts_with("NCT") &&
         id.find_first_not_of("0123456789", 3) == std::string_view::npos;
}

// The registry's numbers in a text, in their order.
std::vector<std::string> registry_ids(std::string_view text) {
  std::vector<std::string> ids;
  for (size_t at = text.find("NCT"); at != text.npos; at = text.find("NCT", at + 3))
    if (const std::string_view id = text.substr(at, 3 + kIdDigits); is_registry_id(id)) ids.emplace_back(id);
  return ids;
}

}  // namespace

std::optional<ProtocolQuotes> protocol_quotes(const LintInput& input) {
  if (!input.protocol) return std::nullopt;
  ProtocolQuotes q{read_protocol(*input.protocol, trial_id(input)), {}, {}};
  Whole whole = whole_of(q.items);
  for_each_criterion(input, [&](const Criterion& criterion) {
    if (criterion.text) q.quotes.push_back(quote_of(criterion, q.items, whole));
  });
  for (size_t i = 0; i < q.items.size(); ++i) {
    const auto begin = whole.covered.begin() + long(whole.begins[i]),
               end = whole.covered.begin() + long(whole.begins[i + 1]);
    q.quoted.push_back(std::count(begin, end, true) * 2 >= end - begin);
  }
  return q;
}

std::string other_trial(const LintInput& input, const ProtocolQuotes& q) {
  constexpr size_t kFewest = 3;  // quotes that can tell
  const auto held = size_t(std::ranges::count(q.quotes, true, &Quote::held));
  if (q.quotes.size() < kFewest || held * 5 >= q.quotes.size()) return {};
  size_t words = 0, common = 0;
  for (const Quote& quote : q.quotes) {
    const Near near = nearest(q.items, quote.criterion->text->text);
    words += near.words;
    common += near.common;
  }
  // Of the criteria of two trials 4 words of 10 are the same at most; of two wordings of one trial more.
  const std::string_view own = trial_id(input);
  const std::vector<std::string> ids = registry_ids(*input.protocol);
  const bool named = is_registry_id(own) && !ids.empty();
  if (named && std::ranges::find(ids, own) != ids.end()) return {};
  if (common * 10 >= words * (named ? 6 : 4)) return {};
  if (named) return fmt::format("the protocol's file is of {}, and this trial is {}", ids.front(), own);
  return fmt::format(
      "the protocol's file seems to be of another trial: it has the words of {} of {} criteria", held,
      q.quotes.size());
}

const ProtocolItem* nearest_item(const std::vector<ProtocolItem>& items, std::string_view text) {
  return nearest(items, text).item;
}

}  // namespace crit
