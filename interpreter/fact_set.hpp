// A set of facts as bits, so that what a patient has and what a class holds meet in a few steps.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "interpreter/fact.hpp"

namespace crit {

class FactSet {
 public:
  void add(FactId fact) {
    if (fact / 64 >= words_.size()) words_.resize(fact / 64 + 1);
    begin_ = std::min(begin_, size_t{fact / 64});
    words_[fact / 64] |= uint64_t{1} << fact % 64;
  }
  void remove(FactId fact) {
    if (fact / 64 < words_.size()) words_[fact / 64] &= ~(uint64_t{1} << fact % 64);
  }
  void clear() { std::ranges::fill(words_, 0); }

  // Whether all of `a` are in `b`.
  static bool is_within(const FactSet& a, const FactSet& b) {
    for (size_t w = 0; w < a.words_.size(); ++w)
      if (a.words_[w] & ~(w < b.words_.size() ? b.words_[w] : 0)) return false;
    return true;
  }

  static bool meet(const FactSet& a, const FactSet& b) {
    const size_t size = std::min(a.words_.size(), b.words_.size());
    for (size_t w = std::max(a.begin_, b.begin_); w < size; ++w)
      if (a.words_[w] & b.words_[w]) return true;
    return false;
  }

  // Each fact of both sets, in the order of their numbers; stops where `each` gives true.
  template <typename Each>
  static void for_each_of_both(const FactSet& a, const FactSet& b, Each each) {
    const size_t size = std::min(a.words_.size(), b.words_.size());
    for (size_t w = std::max(a.begin_, b.begin_); w < size; ++w)
      for (uint64_t both = a.words_[w] & b.words_[w]; both != 0; both &= both - 1)
        if (each(static_cast<FactId>(w * 64 + static_cast<size_t>(std::countr_zero(both))))) return;
  }

 private:
  std::vector<uint64_t> words_;
  size_t begin_ =
      SIZE_MAX;  // all words before it are empty: the members of a class are often read one after the other
};

}  // namespace crit
