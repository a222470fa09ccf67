// Short texts that are compared a million times: eight bytes in one step.
#pragma once

#include <algorithm>
#include <array>
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

// Whether the first and the last of so many bytes are the same.
template <typename Bytes>
bool same_ends(std::string_view a, std::string_view b) {
  const auto same = [](const char* x, const char* y) {
    Bytes of_x, of_y;
    std::memcpy(&of_x, x, sizeof of_x);
    std::memcpy(&of_y, y, sizeof of_y);
    return of_x == of_y;
  };
  const size_t last = a.size() - sizeof(Bytes);
  return same(a.data(), b.data()) && same(a.data() + last, b.data() + last);
}

// As ==, without a call: the texts are short.
inline bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() < 2) return a.empty() || a[0] == b[0];
  if (a.size() < 4) return same_ends<uint16_t>(a, b);
  if (a.size() < 8) return same_ends<uint32_t>(a, b);
  for (size_t at = 0; at + 8 < a.size(); at += 8)
    if (eight_bytes(a.data() + at) != eight_bytes(b.data() + at)) return false;
  return eight_bytes(a.data() + a.size() - 8) == eight_bytes(b.data() + a.size() - 8);
}

// Copies the text and gives the end of the copy; as memcpy, without a call where the text is short.
inline char* copy_short(char* to, std::string_view text) {
  const auto copy = [&]<typename Bytes>(Bytes, size_t at) {
    std::memcpy(to + at, text.data() + at, sizeof(Bytes));
  };
  const size_t size = text.size();
  if (size > 16) {
    std::memcpy(to, text.data(), size);
  } else if (size >= 8) {
    copy(uint64_t{}, 0);
    copy(uint64_t{}, size - 8);
  } else if (size >= 4) {
    copy(uint32_t{}, 0);
    copy(uint32_t{}, size - 4);
  } else {
    for (size_t at = 0; at < size; ++at) to[at] = text[at];
  }
  return to + size;
}

constexpr uint64_t each_byte(unsigned char c) {
  return uint64_t{0x0101010101010101} * c;
}

// The highest bit of each byte that is `c`, and of no other.
inline uint64_t bytes_that_are(uint64_t text, char c) {
  const uint64_t other = text ^ each_byte(static_cast<unsigned char>(c));
  return ~(((other & each_byte(0x7f)) + each_byte(0x7f)) | other) & each_byte(0x80);
}

// Whether each of eight bytes is above this one, which is below 0x7f; what is no ASCII is.
inline bool all_are_above(uint64_t text, char c) {
  const uint64_t above = ((text & each_byte(0x7f)) + each_byte(static_cast<unsigned char>(0x7f - c))) | text;
  return (above & each_byte(0x80)) == each_byte(0x80);
}

// Whether eight bytes are `dddd-dd-`; as numbers they come back in the bytes of `digits`, the first lowest.
inline bool is_year_and_month(const char* text, uint64_t& digits) {
  digits = eight_bytes(text) ^ 0x2d30302d30303030;
  // In a digit's byte more than 9, in a dash's more than 0, carries into the highest bit.
  constexpr uint64_t kToCarry = 0x7f76767f76767676, kHighest = 0x8080808080808080;
  return (((digits + kToCarry) | digits) & kHighest) == 0;
}

// A number of few digits, as nearly all results and limits are.
struct ShortNumber {
  int32_t digits = 0;
  uint8_t decimals = 0;  // so many of the digits stand behind the dot
  uint8_t bytes = 0;     // of the text; 0: it is not such a number
};

// The digits that a text begins with, of its first eight bytes: a dot among them perhaps, no zero before
// others. Who asks looks whether the byte behind them ends a number.
[[gnu::always_inline]] inline ShortNumber leading_number(uint64_t text) {
  const uint64_t values = text ^ 0x3030303030303030;
  // The highest bit of each byte that is no digit; right up to the first of them behind the dot.
  const uint64_t others = ((values + 0x7676767676767676) | values) & 0x8080808080808080;
  const auto low = [](uint64_t bits, int bytes) { return bits & ((uint64_t{1} << bytes * 8) - 1); };
  const auto byte = [&](int at) { return static_cast<char>(text >> at * 8); };
  const int whole = std::countr_zero(others) / 8;
  if (whole == 0 || whole > 6 || ((values & 0xff) == 0 && whole > 1)) return {};
  int decimals = 0, end = whole;
  uint64_t digits = low(values, whole);
  if (byte(whole) == '.') {
    const uint64_t behind = others >> (whole + 1) * 8;
    decimals = std::countr_zero(behind) / 8;
    end += 1 + decimals;
    if (behind == 0 || decimals == 0) return {};
    digits |= low(values >> (whole + 1) * 8, decimals) << whole * 8;
  }
  // Eight digits, zeros before them, in three steps: pairs, fours, all.
  digits <<= (8 - whole - decimals) * 8;
  digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffff;
  digits = (digits * 10000 + (digits >> 32)) & 0xffffffff;
  return {static_cast<int32_t>(digits), static_cast<uint8_t>(decimals), static_cast<uint8_t>(end)};
}

// The same where a byte that no number goes on with is behind them.
[[gnu::always_inline]] inline ShortNumber short_number(uint64_t text) {
  const ShortNumber found = leading_number(text);
  const char behind = static_cast<char>(text >> found.bytes * 8);
  return (behind | 0x20) == 'e' || behind == '.' ? ShortNumber{} : found;
}

// The first eight bytes of a text, compared in one step.
struct Beginning {
  uint64_t bytes = 0, mask = 0;

  Beginning() = default;
  explicit Beginning(std::string_view text) {
    for (size_t i = 0; i < 8 && i < text.size(); ++i) {
      bytes |= uint64_t{static_cast<unsigned char>(text[i])} << i * 8;
      mask |= uint64_t{0xff} << i * 8;
    }
  }
  uint64_t other(uint64_t text) const { return (text ^ bytes) & mask; }  // 0: it begins so
  bool is_of(uint64_t text) const { return other(text) == 0; }
};

// A text of 32 bytes at most, which is compared in a few steps whatever its length.
class ShortText {
 public:
  static constexpr size_t kMostBytes = 32;
  ShortText() = default;  // is nowhere
  explicit ShortText(std::string_view text) : bytes_(text.size()) {
    for (size_t i = 0; i < words_.size(); ++i)
      words_[i] = Beginning(text.substr(std::min(i * 8, text.size())));
  }
  // Whether it stands there; kMostBytes can be read.
  [[gnu::always_inline]] bool is_at(const char* place) const {
    if (bytes_ > kMostBytes) return false;
    uint64_t other = words_[0].other(eight_bytes(place)) | words_[1].other(eight_bytes(place + 8));
    if (bytes_ > 16)
      other |= words_[2].other(eight_bytes(place + 16)) | words_[3].other(eight_bytes(place + 24));
    return other == 0;
  }
  size_t bytes() const { return bytes_; }

 private:
  std::array<Beginning, kMostBytes / 8> words_{};
  size_t bytes_ = kMostBytes + 1;
};

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
