// Which patients a run has had: 16 bytes each, so that a million of them in a stream cost 16 MB.
//
// An identifier is known by 104 bits of its 128-bit hash (XXH3 of xxHash, which is fast and well kept): 8
// choose one of 256 tables and 96 are kept there. Among 100 million patients the chance that any two share
// them is below 1 in 10^15. Each table grows alone and by a seventh, so that neither empty places nor the
// copying shows in the peak.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace crit {

struct IdHash {
  uint64_t high = 0;
  uint32_t low = 0;
  uint8_t table = 0;

  bool is_nothing() const { return (high | low) == 0; }
  bool is_same(const IdHash& other) const { return high == other.high && low == other.low; }
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
  struct Key {
    std::array<uint32_t, 3> words{};
    IdHash hash() const { return {uint64_t{words[2]} << 32 | words[1], words[0], 0}; }
  };
  struct Table {
    std::vector<Key> places;  // open addressing, never more than 7/8 full; all zero: empty
    uint32_t used = 0;
  };
  static size_t place_of(const std::vector<Key>&, const IdHash&);
  static bool insert_into(std::vector<Key>&, const IdHash&);
  static void grow(Table&);
  std::array<Table, 256> tables_;
};

}  // namespace crit
