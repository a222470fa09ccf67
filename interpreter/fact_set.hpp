// Sets of facts as bits, so that what a patient has and what a class holds meet in a few steps.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "interpreter/fact.hpp"

namespace crit {

// Facts of any number, quick to add to: those of a patient.
class FactSet {
 public:
  void add(FactId fact) {
    if (fact / 64 >= words_.size()) make_room(fact);
    add_in_room(fact);
  }
  // Room for the facts up to this one, and then such a fact.
  void make_room(FactId fact) { words_.resize(std::max(words_.size(), size_t{fact} / 64 + 1)); }
  void add_in_room(FactId fact) { words_[fact / 64] |= uint64_t{1} << fact % 64; }
  void add(const FactSet& others) {
    if (words_.size() < others.words_.size()) words_.resize(others.words_.size());
    for (size_t at = 0; at < others.words_.size(); ++at) words_[at] |= others.words_[at];
  }
  FactId room() const { return static_cast<FactId>(words_.size() * 64); }  // all its facts are below
  void remove(FactId fact) {
    if (fact / 64 < words_.size()) words_[fact / 64] &= ~(uint64_t{1} << fact % 64);
  }
  bool has(FactId fact) const { return word(fact / 64) >> fact % 64 & 1; }
  void clear() { std::ranges::fill(words_, 0); }
  uint64_t word(size_t at) const { return at < words_.size() ? words_[at] : 0; }
  // In the order of their numbers.
  template <typename Each>
  void for_each(Each each) const {
    for (size_t at = 0; at < words_.size(); ++at)
      for (uint64_t rest = words_[at]; rest != 0; rest &= rest - 1)
        each(static_cast<FactId>(at * 64 + static_cast<size_t>(std::countr_zero(rest))));
  }

 private:
  std::vector<uint64_t> words_;
};

// Some facts of thousands, which many trials may declare: only the words that are not empty, and with each
// fact its rank, the number of those before it.
class FactGroup {
 public:
  void add(FactId fact) {
    auto word = std::ranges::lower_bound(words_, fact / 64, {}, &Word::at);
    if (word == words_.end() || word->at != fact / 64)
      word = words_.insert(word, {fact / 64, word == words_.begin() ? 0 : (word - 1)->end(), 0});
    if (word->bits >> fact % 64 & 1) return;
    word->bits |= uint64_t{1} << fact % 64;
    while (++word != words_.end()) ++word->before;
  }

  void add(const FactGroup& others) {
    others.for_each([&](FactId fact) {
      add(fact);
      return false;
    });
  }

  bool has(FactId fact) const {
    const auto word = std::ranges::lower_bound(words_, fact / 64, {}, &Word::at);
    return word != words_.end() && word->at == fact / 64 && word->bits >> fact % 64 & 1;
  }

  bool meets(const FactSet& set) const {
    return std::ranges::any_of(words_, [&](const Word& w) { return (w.bits & set.word(w.at)) != 0; });
  }

  // In the order of their numbers; stops where `each` gives true.
  template <typename Each>
  void for_each(Each each) const {
    for (const Word& w : words_)
      for (uint64_t rest = w.bits; rest != 0; rest &= rest - 1)
        if (each(w.at * 64 + static_cast<uint32_t>(std::countr_zero(rest)))) return;
  }

  // Each fact that is in the set too, with its rank, in the order of their numbers; stops where `each` gives
  // true.
  template <typename Each>
  void for_each_in(const FactSet& set, Each each) const {
    for (const Word& w : words_)
      for (uint64_t both = w.bits & set.word(w.at); both != 0; both &= both - 1) {
        const auto bit = static_cast<uint32_t>(std::countr_zero(both));
        if (each(w.at * 64 + bit, w.rank(bit))) return;
      }
  }

 private:
  struct Word {
    uint32_t at;      // its facts are those from at * 64 on
    uint32_t before;  // so many facts are in the words before it
    uint64_t bits;

    uint32_t rank(uint32_t bit) const {
      const uint64_t below = bits & ((uint64_t{1} << bit) - 1);
      return before + (below == 0 ? 0 : static_cast<uint32_t>(std::popcount(below)));
    }
    uint32_t end() const { return before + static_cast<uint32_t>(std::popcount(bits)); }
  };
  std::vector<Word> words_;
};

}  // namespace crit
