// The memory of one patient: records chained by fact, and texts kept until the next patient.
#include "interpreter/patient.hpp"

#include <algorithm>

#include "interpreter/short_texts.hpp"

namespace crit {

namespace {

constexpr size_t kTextBlock = 256;  // most patients have a name or two that are kept

}  // namespace

void Patient::clear() {
  id.clear();
  screening.reset();
  death.reset();
  arm.clear();
  complete = assumed = 0;
  unmapped = {};
  for (const Record& record : records) chains_[record.fact] = {};
  records.clear();
  details.clear();
  faults.clear();
  where.clear();
  denials = records_of_denials = false;
  may_contradict = true;
  answers_one_trial = repeated = false;
  recorded_.clear();
  denied_.clear();
  kept_last_ = {};
  signed_last_ = kNone;
  if (text_.empty()) return;
  text_.erase_after(text_.begin(), text_.end());
  text_.front().clear();
}

void Patient::make_room(FactId fact) {
  chains_.resize(fact + 1);
  recorded_.make_room(fact);
}

std::vector<FactId> Patient::named() const {
  std::vector<FactId> names;
  for (uint32_t r = 0; r < records.size(); ++r)
    if (first(records[r].fact) == r) names.push_back(records[r].fact);
  denied_.for_each([&](FactId fact) {
    if (!recorded_.has(fact)) names.push_back(fact);
  });
  return names;
}

std::string_view Patient::keep(std::string_view text) {
  if (is_same(kept_last_, text)) return kept_last_;  // who signed one answer has mostly signed the others
  if (text_.empty() || text_.front().capacity() - text_.front().size() < text.size())
    text_.emplace_front().reserve(std::max(text.size(), kTextBlock));
  std::string& block = text_.front();
  block += text;
  return kept_last_ = std::string_view(block).substr(block.size() - text.size());
}

Details& Patient::details_of(Record& record) {
  if (record.details == kNone) {
    record.details = static_cast<uint32_t>(details.size());
    details.emplace_back();
  }
  return details[record.details];
}

uint32_t Patient::details_signed_by(std::string_view by) {
  if (signed_last_ != kNone && is_same(details[signed_last_].by, by)) return signed_last_;
  signed_last_ = static_cast<uint32_t>(details.size());
  details.emplace_back().by = keep(by);
  return signed_last_;
}

void Patient::forget(FactId fact) {
  denied_.remove(fact);
  if (fact >= chains_.size()) return;
  chains_[fact] = {};
  recorded_.remove(fact);
}

}  // namespace crit
