// A hash set of 64-bit keys in 256 small tables.
#include "interpreter/seen_ids.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace crit {

namespace {

constexpr size_t kLarge = 8192;  // places; all tables of that size take 16 MiB

// The high part of a product spreads the key over a size that is no power of two.
size_t place_of(const std::vector<uint64_t>& places, uint64_t key) {
  return static_cast<size_t>((key >> 32) * places.size() >> 32);
}

}  // namespace

IdHash hash_of(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  return {std::max<uint64_t>(hash.low64, 1), static_cast<uint8_t>(hash.high64 >> 56)};
}

bool SeenIds::insert_into(std::vector<uint64_t>& places, uint64_t key) {
  size_t at = place_of(places, key);
  for (; places[at] != 0; at = at + 1 == places.size() ? 0 : at + 1)
    if (places[at] == key) return false;
  places[at] = key;
  return true;
}

void SeenIds::grow(Table& table) {
  const size_t before = table.places.size(), more = before < kLarge ? before : before / 4;
  std::vector<uint64_t> larger(std::max<size_t>(8, before + more));
  for (const uint64_t key : table.places)
    if (key != 0) insert_into(larger, key);
  table.places.swap(larger);
}

bool SeenIds::insert(const IdHash& hash) {
  Table& table = tables_[hash.table];
  if ((size_t{table.used} + 1) * 8 > table.places.size() * 5) grow(table);
  const bool is_new = insert_into(table.places, hash.key);
  table.used += is_new;
  return is_new;
}

void SeenIds::prefetch(const IdHash& hash) const {
  const std::vector<uint64_t>& places = tables_[hash.table].places;
  if (!places.empty()) __builtin_prefetch(&places[place_of(places, hash.key)], 1);
}

uint64_t SeenIds::count() const {
  uint64_t sum = 0;
  for (const Table& table : tables_) sum += table.used;
  return sum;
}

uint64_t SeenIds::bytes() const {
  uint64_t sum = 0;
  for (const Table& table : tables_) sum += table.places.capacity() * sizeof(uint64_t);
  return sum;
}

}  // namespace crit
