// Short texts that are compared a million times: eight bytes in one step.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace crit {

inline uint64_t eight_bytes(const char* text) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

// As ==, without a call: the texts are short.
inline bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  size_t at = 0;
  for (; at + 8 <= a.size(); at += 8)
    if (eight_bytes(a.data() + at) != eight_bytes(b.data() + at)) return false;
  if (a.size() >= 8) return eight_bytes(a.data() + a.size() - 8) == eight_bytes(b.data() + a.size() - 8);
  for (; at < a.size(); ++at)
    if (a[at] != b[at]) return false;
  return true;
}

// Whether eight bytes are `dddd-dd-`; as numbers they come back in the bytes of `digits`, the first lowest.
inline bool is_year_and_month(const char* text, uint64_t& digits) {
  digits = eight_bytes(text) ^ 0x2d30302d30303030;
  // In a digit's byte more than 9, in a dash's more than 0, carries into the highest bit.
  constexpr uint64_t kToCarry = 0x7f76767f76767676, kHighest = 0x8080808080808080;
  return (((digits + kToCarry) | digits) & kHighest) == 0;
}

// The first eight bytes of a name and of the quote that ends it as a key of JSON.
struct KeyText {
  uint64_t bytes = 0, mask = 0;

  constexpr KeyText() = default;
  constexpr explicit KeyText(std::string_view name) {
    for (size_t i = 0; i < 8 && i <= name.size(); ++i) {
      bytes |= uint64_t{static_cast<unsigned char>(i < name.size() ? name[i] : '"')} << i * 8;
      mask |= uint64_t{0xff} << i * 8;
    }
  }
  // Whether a text whose first eight bytes these are may be the key; it is, if the name has seven bytes at
  // most.
  bool starts(uint64_t raw) const { return ((raw ^ bytes) & mask) == 0; }
};
static_assert(std::endian::native == std::endian::little,
              "the first byte of a text is the lowest of its word");

}  // namespace crit
