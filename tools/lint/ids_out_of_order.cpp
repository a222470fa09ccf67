// ids-out-of-order: `I3` before `I2`.
#include <fmt/format.h>

#include <map>
#include <vector>

#include "grammar/words.hpp"
#include "tools/lint/criteria.hpp"
#include "tools/lint/plain_text.hpp"

namespace crit {

namespace {

// The numbers in an identifier: I10 is {10}, E3_2 is {3, 2}.
std::vector<uint64_t> numbers_in(std::string_view id) {
  std::vector<uint64_t> numbers;
  bool in_number = false;
  for (const char c : id) {
    if (is_digit(c) && !in_number) numbers.push_back(0);
    in_number = is_digit(c);
    if (in_number && numbers.back() < 1'000'000'000) numbers.back() = numbers.back() * 10 + uint64_t(c - '0');
  }
  return numbers;
}

void run(const LintInput& input, Findings& findings) {
  std::map<std::string_view, const Criterion*> last;  // by the letters in front
  for_each_criterion(input, [&](const Criterion& criterion) {
    const Criterion*& before = last[next_word(criterion.id.text)];
    if (before && numbers_in(criterion.id.text) < numbers_in(before->id.text))
      findings.push_back(finding(criterion.id.span,
                                 fmt::format("`{}` comes after `{}`", criterion.id.text, before->id.text),
                                 "keep the protocol's order, so that a missing number shows"));
    before = &criterion;
  });
}

}  // namespace

extern const LintRule kIdsOutOfOrder{
    "ids-out-of-order",
    LintGroup::care,
    Severity::info,
    "criteria whose numbers do not rise",
    "A file in the protocol's order is read beside the protocol, and a number that is left out shows.",
    R"(trial T1 "example"

exclude E2 "Lactating women"
  lactating

exclude E1 "Pregnant women"
  pregnant
)",
    R"(trial T1 "example"

exclude E1 "Pregnant women"
  pregnant

exclude E2 "Lactating women"
  lactating
)",
    run};

}  // namespace crit
