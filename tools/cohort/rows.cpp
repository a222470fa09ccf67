// The patients that a page shows: of any number of them, those nearest to eligible.
#include <algorithm>
#include <tuple>

#include "tools/cohort/study.hpp"

namespace crit {

namespace {

bool is_nearer(const Row& a, const Row& b) {
  return std::tie(a.rank, a.order) < std::tie(b.rank, b.order);
}

}  // namespace

bool would_keep(const Tally& tally, const Row& row) {
  return tally.rows.size() < kMostRows || is_nearer(row, tally.rows.front());
}

void keep_row(Tally& tally, Row row) {
  std::vector<Row>& rows = tally.rows;
  if (rows.size() == kMostRows) {
    std::ranges::pop_heap(rows, is_nearer);
    rows.pop_back();
  }
  rows.push_back(std::move(row));
  std::ranges::push_heap(rows, is_nearer);
}

std::vector<const Row*> rows_in_order(const Tally& tally) {
  std::vector<const Row*> rows;
  for (const Row& row : tally.rows) rows.push_back(&row);
  std::ranges::sort(rows, [](const Row* a, const Row* b) { return is_nearer(*a, *b); });
  return rows;
}

}  // namespace crit
