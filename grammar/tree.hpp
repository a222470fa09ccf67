// The flat tree between the grammar and the syntax tree: what was recognised, where, in the order of the
// text.
//
// A node is followed by its subtree; `next` is the index after it. The grammar writes it (read.cpp), the
// builder walks it (build_*.cpp); neither knows the other.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace crit {

enum class Node : uint8_t {
  // tokens
  name,
  number,
  unit,
  date,
  text,
  curly_text,
  word,
  op,
  yes_no,
  // values
  quantity,
  predicted,
  of_earliest,
  limit,
  call,
  selection,
  dose_of,
  negative,
  // what people write instead; read as meant and reported
  wrong_limit,
  wrong_times,
  wrong_range,
  wrong_plus,
  age_words,
  // records and windows
  records,
  count,
  stable,
  with,
  exception,
  window,
  duration,
  plain_duration,
  anchor,
  first_last,
  // conditions; `part` is one expression of several (an item, a branch)
  paren,
  logical_not,
  conditional,
  list,
  part,
  judgement,
  named_judgement,
  // what follows an operand
  power_tail,
  product_tail,
  sum_tail,
  compare_tail,
  worded_tail,
  between_tail,
  in_tail,
  is_tail,
  logic_tail,
  // first lines of statements
  in_unit,
  same_day,
  percent_of_predicted,
  parents,
  acute,
  attributes,
  attribute,
  words,
  fact,
  when,
  ordered,
  by,
  // fields
  source_field,
  version_field,
  effective_field,
  arms_field,
  when_field,
  note_field,
  query_field,
  answered,
  allow_field,
  also_field,
  codes_field,
  plausible_field,
  convert_field,
  molar_mass_field,
  formula_field,
  equivalent_field,
  half_life_field,
  usual_field,
  changes_quickly_field,
  varies_field,
  same_day_field,
  from_field,
  range_line,
  ages,
  // files of patients and cases
  like,
  record_line,
  denied_line,
  complete_line,
  missing,
  value,
  limits,
  limit_text,
  clause,
  lab,
  expect_line,
  expect_item,
  needed,
  outcome,
  verdict,
  arm
};

struct TreeNode {
  Node kind;
  uint32_t begin;  // byte offsets in the source
  uint32_t end;
  uint32_t next;  // the index after the subtree
};

using Tree = std::vector<TreeNode>;

// Walks the siblings [at, end) of a tree.
class Cursor {
 public:
  explicit Cursor(const Tree& tree) : tree_(&tree), at_(0), end_(static_cast<uint32_t>(tree.size())) {}

  bool done() const { return at_ >= end_; }
  bool is(Node kind) const { return !done() && (*tree_)[at_].kind == kind; }
  const TreeNode& node() const { return (*tree_)[at_]; }
  Node kind() const { return node().kind; }
  Cursor children() const { return Cursor(*tree_, at_ + 1, node().next); }
  void advance() { at_ = node().next; }
  // The node here, stepping over it.
  const TreeNode& take() {
    const TreeNode& taken = node();
    advance();
    return taken;
  }

 private:
  Cursor(const Tree& tree, uint32_t at, uint32_t end) : tree_(&tree), at_(at), end_(end) {}

  const Tree* tree_;
  uint32_t at_;
  uint32_t end_;
};

}  // namespace crit
