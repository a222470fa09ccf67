// A condition to the results that it reads for this patient, and whether these are of one day.
#include <algorithm>
#include <limits>
#include <utility>

#include "interpreter/evaluation.hpp"

namespace crit {

namespace {

struct Reading {
  Evaluation& e;
  std::vector<uint32_t> records = {};
  std::vector<NodeId> seen = {};

  void add(std::span<const uint32_t> read) {
    for (const uint32_t r : read)
      if (std::ranges::find(records, r) == records.end()) records.push_back(r);
  }

  void nodes(Children children) {
    for (const NodeId id : e.model.list(children)) node(id);
  }
  void node(NodeId id) {
    if (std::ranges::find(seen, id) != seen.end()) return;
    seen.push_back(id);
    std::visit(*this, e.model.nodes[id].what);
  }

  void operator()(const AllOf& q) { nodes(q.nodes); }
  void operator()(const AnyOf& q) { nodes(q.nodes); }
  void operator()(const CountOf& q) { nodes(q.nodes); }
  void operator()(const Negation& q) { node(q.operand); }
  void operator()(const OfOneDay& q) { node(q.condition); }
  void operator()(const Choose& q) {
    const Truth asked = truth_of(e, q.condition);
    node(q.condition);
    if (asked != Truth::no) node(q.then_node);
    if (asked != Truth::yes && q.else_node != kNone) node(q.else_node);
  }
  void value(ValueId id) {
    const bool outer = std::exchange(e.note_reads, true);
    const size_t first = e.scratch.read.size();
    amount_of(e, id);
    e.note_reads = outer;
    const std::vector<uint32_t> read(e.scratch.read.begin() + static_cast<std::ptrdiff_t>(first),
                                     e.scratch.read.end());
    e.scratch.read.resize(first);
    add(read);
  }
  void operator()(const Compare& q) {
    for (size_t i = 0; i < q.count; ++i) value(q.values[i]);
    for (const ValueId pick : e.model.list(q.picks))
      node(std::get<Picked>(e.model.values[pick].what).condition);
  }
  void operator()(const IsNormal& q) {
    const Candidates found = candidates_of(e, q.ref);
    for (const Candidate& c : list(e, found)) add(std::span(&c.record, 1));
    if (const ValueId formula = e.model.refs[q.ref].formula; found.count == 0 && formula != kNone)
      value(formula);
  }
  void operator()(const auto&) {}  // reads no result
};

}  // namespace

std::vector<uint32_t> results_read(Evaluation& e, NodeId condition) {
  Reading reading{e};
  reading.node(condition);
  return std::move(reading.records);
}

Truth are_of_one_day(const Evaluation& e, std::span<const uint32_t> records) {
  Day earliest_end = std::numeric_limits<Day>::max(), latest_start = std::numeric_limits<Day>::min();
  bool all_certain = true;
  for (const uint32_t r : records) {
    const Record& record = e.patient.records[r];
    all_certain &= record.has_start && record.start.is_day();
    if (!record.has_start) continue;
    earliest_end = std::min(earliest_end, record.start.last_day);
    latest_start = std::max(latest_start, record.start.first_day);
  }
  if (latest_start > earliest_end) return Truth::no;
  return all_certain ? Truth::yes : Truth::unknown;
}

}  // namespace crit
