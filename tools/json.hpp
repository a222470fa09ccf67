// Values to JSON text, appended piece by piece; the commas and the escapes are right.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crit {

void append_json_string(std::string& to, std::string_view text);

// True where the text is a number as JSON writes it, so that it may stand without quotes, its digits as they
// are.
bool is_json_number(std::string_view text);

// An object or array that grows. `indent` 0: all on one line with a blank after `:` and `,`; otherwise a line
// an item.
class JsonText {
 public:
  explicit JsonText(std::string& to, size_t indent = 0) : to_(to), indent_(indent) {}

  JsonText& open(char bracket);   // `{` or `[`
  JsonText& close(char bracket);  // `}` or `]`
  JsonText& key(std::string_view);
  JsonText& text(std::string_view);
  JsonText& word(std::string_view);  // true, false, null, or a number's digits
  JsonText& number(uint64_t);
  JsonText& text(std::string_view key_name, std::string_view value) { return key(key_name).text(value); }

 private:
  void begin_item();
  void new_line();

  std::string& to_;
  size_t indent_, depth_ = 0;
  bool first_ = true, after_key_ = false;
};

}  // namespace crit
