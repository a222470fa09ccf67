// Identifiers that differ in zeros at their front alone, as `007` of one table and `7` of another from which
// a spreadsheet took the zeros. Each of the two would lack what the other has.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpreter/hold.hpp"

namespace crit {

namespace {

std::string_view without_zeros(std::string_view id) {
  const size_t first = id.find_first_not_of('0');
  const bool is_number = !id.empty() && id.find_first_not_of("0123456789") == id.npos;
  return is_number && first != id.npos ? id.substr(first) : std::string_view();
}

std::set<uint32_t> files_of(const HeldPatient& patient) {
  std::set<uint32_t> files{patient.file};
  for (const HeldRecord& record : patient.records) files.insert(record.file);
  return files;
}

// One table that has both tells them apart.
bool may_be_one(const HeldPatient& a, const HeldPatient& b) {
  const std::set<uint32_t> first = files_of(a), second = files_of(b);
  return std::ranges::none_of(first, [&](uint32_t file) { return second.contains(file); });
}

}  // namespace

void Hold::refuse_lost_zeros() {
  const auto is_of_table = [](const HeldPatient& p) { return p.has_resource && p.line > 0; };
  std::unordered_map<std::string_view, HeldPatient*> with_zeros;
  for (HeldPatient& p : patients_)
    if (is_of_table(p) && p.key.starts_with('0')) with_zeros.try_emplace(without_zeros(p.key), &p);
  if (with_zeros.empty()) return;
  for (HeldPatient& p : patients_) {
    const auto found = is_of_table(p) ? with_zeros.find(without_zeros(p.key)) : with_zeros.end();
    if (found == with_zeros.end() || found->second == &p || found->first.empty()) continue;
    HeldPatient& other = *found->second;
    if (!may_be_one(p, other)) continue;
    const auto refuse = [&](HeldPatient& one, const HeldPatient& with) {
      one.faults.push_back({kNoFact,
                            fmt::format("`{}` ({}) differs in zeros alone, and may be this patient: write "
                                        "the identifiers alike in all tables",
                                        with.key, where(with)),
                            where(one)});
    };
    refuse(p, other);
    refuse(other, p);
  }
}

void Hold::refuse_all(std::string_view why) {
  for (HeldPatient& p : patients_) p.faults.push_back({kNoFact, std::string(why), where(p)});
}

}  // namespace crit
