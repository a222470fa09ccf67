// Which patients a run has had: 16 bytes each at most, so that 10 million of them in a stream cost 160 MB, or
// 16 MB where they are fewer than a million.
//
// An identifier is known by 72 bits of its 128-bit hash (XXH3 of xxHash, which is fast and well kept): 8
// choose one of 256 tables and 64 are kept there. Among 10 million patients the chance that any two share
// them is 1 in 10^8, and who does is told to be there twice. Each table grows alone, and by a fourth where it
// is large, so that neither empty places nor the copying shows in the peak; more than a third of it is empty,
// so that the place of a new one is found without looking through many.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace crit {

struct IdHash {
  uint64_t key = 0;  // never 0
  uint8_t table = 0;
};
IdHash hash_of(std::string_view id);

class SeenIds {
 public:
  // False where the identifier has been there before.
  bool insert(const IdHash&);
  // Begins to bring its place from memory, which takes as long as reading a fourth of a patient.
  void prefetch(const IdHash&) const;
  uint64_t count() const;
  uint64_t bytes() const;  // that the set takes

 private:
  struct Table {
    std::vector<uint64_t> places;  // open addressing, never more than 5/8 full; 0: empty
    uint32_t used = 0;
  };
  static bool insert_into(std::vector<uint64_t>&, uint64_t key);
  static void grow(Table&);
  std::array<Table, 256> tables_;
};

}  // namespace crit
