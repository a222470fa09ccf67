// A hash set of 96-bit keys in 256 small tables.
#include "interpreter/seen_ids.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace crit {

IdHash hash_of(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  IdHash made{hash.low64, static_cast<uint32_t>(hash.high64), static_cast<uint8_t>(hash.high64 >> 56)};
  if (made.is_nothing()) made.low = 1;
  return made;
}

// The high part of a product spreads the hash over a size that is no power of two.
size_t SeenIds::place_of(const std::vector<Key>& places, const IdHash& hash) {
  return uint64_t{hash.low} * places.size() >> 32;
}

bool SeenIds::insert_into(std::vector<Key>& places, const IdHash& hash) {
  size_t at = place_of(places, hash);
  for (;; at = at + 1 == places.size() ? 0 : at + 1) {
    const IdHash there = places[at].hash();
    if (there.is_same(hash)) return false;
    if (there.is_nothing()) break;
  }
  places[at] = {{hash.low, static_cast<uint32_t>(hash.high), static_cast<uint32_t>(hash.high >> 32)}};
  return true;
}

void SeenIds::grow(Table& table) {
  std::vector<Key> larger(std::max<size_t>(8, table.places.size() + table.places.size() / 7));
  for (const Key& key : table.places)
    if (!key.hash().is_nothing()) insert_into(larger, key.hash());
  table.places.swap(larger);
}

bool SeenIds::insert(const IdHash& hash) {
  Table& table = tables_[hash.table];
  if ((size_t{table.used} + 1) * 8 > table.places.size() * 7) grow(table);
  const bool is_new = insert_into(table.places, hash);
  table.used += is_new;
  return is_new;
}

void SeenIds::prefetch(const IdHash& hash) const {
  const std::vector<Key>& places = tables_[hash.table].places;
  if (!places.empty()) __builtin_prefetch(&places[place_of(places, hash)], 1);
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
