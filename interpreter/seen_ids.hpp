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

class SeenIds {
 public:
  // False where the identifier has been there before.
  bool insert(std::string_view id);
  uint64_t count() const;
  uint64_t bytes() const;  // that the set takes

 private:
  struct Key {
    std::array<uint32_t, 3> words{};
    bool operator==(const Key&) const = default;
  };
  struct Table {
    std::vector<Key> places;  // open addressing, never more than 7/8 full; all zero: empty
    uint32_t used = 0;
  };
  static bool insert_key(std::vector<Key>& places, const Key& key);
  static void grow(Table&);
  std::array<Table, 256> tables_;
};

}  // namespace crit
