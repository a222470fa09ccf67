// A hash set of 96-bit keys in 256 small tables.
#include "interpreter/seen_ids.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace crit {

bool SeenIds::insert_key(std::vector<Key>& places, const Key& key) {
  // The high part of a product spreads the hash over a size that is no power of two.
  size_t at = uint64_t{key.words[0]} * places.size() >> 32;
  for (; places[at] != Key{}; at = at + 1 == places.size() ? 0 : at + 1)
    if (places[at] == key) return false;
  places[at] = key;
  return true;
}

void SeenIds::grow(Table& table) {
  std::vector<Key> larger(std::max<size_t>(8, table.places.size() + table.places.size() / 7));
  for (const Key& key : table.places)
    if (key != Key{}) insert_key(larger, key);
  table.places.swap(larger);
}

bool SeenIds::insert(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  Key key{{static_cast<uint32_t>(hash.low64), static_cast<uint32_t>(hash.low64 >> 32),
           static_cast<uint32_t>(hash.high64)}};
  if (key == Key{}) key.words[2] = 1;
  Table& table = tables_[hash.high64 >> 56];
  if ((table.used + 1) * 8 > table.places.size() * 7) grow(table);
  const bool is_new = insert_key(table.places, key);
  table.used += is_new;
  return is_new;
}

uint64_t SeenIds::count() const {
  uint64_t sum = 0;
  for (const Table& table : tables_) sum += table.used;
  return sum;
}

uint64_t SeenIds::bytes() const {
  uint64_t sum = 0;
  for (const Table& table : tables_) sum += table.places.capacity() * sizeof(Key);
  return sum;
}

}  // namespace crit
