// The quotes of a trial's criteria against the registry's text: what each quotes of it, and what nobody
// quotes.
#include "tools/lint/protocol_quotes.hpp"

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
  for (const std::string& part : parts_of(criterion.text->text)) {
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

const ProtocolItem* nearest_item(const std::vector<ProtocolItem>& items, std::string_view text) {
  const std::set<std::string> words = words_of(text);
  const ProtocolItem* nearest = nullptr;
  size_t most = 0;
  for (const ProtocolItem& item : items) {
    const std::set<std::string> other = words_of(item.text);
    const auto common =
        size_t(std::ranges::count_if(words, [&](const std::string& w) { return other.contains(w); }));
    if (common <= most) continue;
    most = common;
    nearest = &item;
  }
  return nearest;
}

}  // namespace crit
