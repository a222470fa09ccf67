// What CLI11 says of options, in words of our own: behind an option in a help, `--format :{text,json}=text`,
// which its versions write in different ways; and of a number that is none of those asked for.
#pragma once

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <string>

namespace crit {

class HelpFormat : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    if (!option->get_option_text().empty()) return " " + option->get_option_text();
    if (option->get_type_size() == 0) return "";
    std::string made;
    if (const std::string type = option->get_type_name(); !type.empty()) made += " " + type;
    if (const std::string given = option->get_default_str(); !given.empty()) made += "=" + given;
    if (option->get_expected_max() == CLI::detail::expected_max_vector_size) made += " ...";
    if (option->get_required()) made += " REQUIRED";
    return made;
  }
};

// Of an option that comes twice, or without what belongs behind it, CLI11 says how many it wanted.
inline std::string words_of(const CLI::ParseError& e) {
  const std::string words = e.what(), option = words.substr(0, words.find(':'));
  // `--omop-schema requires --omop`
  if (const size_t at = words.find(" requires --"); at != std::string::npos)
    return fmt::format("{} needs {}", words.substr(0, at), words.substr(words.rfind(' ') + 1));
  if (!dynamic_cast<const CLI::ArgumentMismatch*>(&e)) return words;
  if (words.find("At Most 1") != std::string::npos)
    return option + ": this option is given twice: write it once";
  if (words.ends_with(" missing")) return option + ": what belongs behind this option is missing";
  return words;
}

// Whole numbers from `low` to `high`, both included.
inline CLI::Validator number_from(int low, int high) {
  return CLI::Validator(
      [low, high](std::string& text) {
        int number = 0;
        const char* const end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, number);
        const bool fits = read.ec == std::errc() && read.ptr == end && number >= low && number <= high;
        return fits ? std::string()
                    : fmt::format("`{}` is not a whole number from {} to {}", text, low, high);
      },
      "");
}

}  // namespace crit
