// Two words in, how alike they are out.

#include "interpreter/spelling.hpp"

#include <algorithm>
#include <vector>

namespace crit {

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> two_back(b.size() + 1), back(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) back[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({back[j - 1] + (a[i - 1] != b[j - 1]), back[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
    two_back.swap(back);
    back.swap(row);
  }
  return back[b.size()];
}

namespace {

size_t slips_of_word(std::string_view written, std::string_view word) {
  const auto digits = [](std::string_view text) {
    std::string found;
    std::ranges::copy_if(text, std::back_inserter(found), [](char c) { return c >= '0' && c <= '9'; });
    return found;
  };
  const size_t letters = written.size();
  const size_t most = letters < 4 ? 0 : letters < 8 ? 1 : 2;
  const size_t longer = std::max(letters, word.size()) - std::min(letters, word.size());
  if (longer > most || digits(written) != digits(word)) return std::string::npos;
  const size_t distance = edit_distance(written, word);
  return distance <= most ? distance : std::string::npos;
}

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at <= name.size();) {
    const size_t end = std::min(name.find('_', at), name.size());
    words.push_back(name.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

size_t slips(std::string_view written, std::string_view name) {
  if (lower_case(written) == lower_case(name)) return 0;
  const auto left = words_of(written), right = words_of(name);
  if (left.size() != right.size()) {  // a `_` too many or too few
    std::string joined(written), other(name);
    std::erase(joined, '_');
    std::erase(other, '_');
    return lower_case(joined) == lower_case(other) ? 1 : std::string::npos;
  }
  size_t all = 0;
  for (size_t i = 0; i < left.size(); ++i) {
    const size_t own = slips_of_word(left[i], right[i]);
    if (own == std::string::npos || (all += own) > 2) return std::string::npos;
  }
  return all;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool same_in_any_case(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [&](char x, char y) { return small(x) == small(y); });
}

std::string full_name(std::string_view word) {
  const std::string small = lower_case(word);
  for (std::string_view birth : {"dob", "birthdate", "date_of_birth", "dateofbirth", "born"})
    if (small == birth) return "birth_date";
  return small == "gender" ? "sex" : small;
}

std::string_view nearest_of(const std::vector<std::string_view>& words, std::string_view word) {
  const auto same = [&](std::string_view one) { return full_name(one) == full_name(word); };
  if (const auto found = std::ranges::find_if(words, same); found != words.end()) return *found;
  std::string_view best;
  size_t least = std::min<size_t>(4, word.size() / 3 + 2);
  for (std::string_view one : words) {
    if (std::max(one.size(), word.size()) - std::min(one.size(), word.size()) >= least) continue;
    // `DOB` is not `YOB`.
    if (one.size() == word.size() && one.size() <= 3) continue;
    const size_t distance = edit_distance(word, one);
    if (distance >= least) continue;
    least = distance;
    best = one;
  }
  return best;
}

std::string day_spelt_out(std::string unit) {
  if (unit.ends_with("/d")) unit += "ay";
  return unit;
}

}  // namespace crit
