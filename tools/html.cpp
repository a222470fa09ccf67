// Escapes, and the frame of a page.
#include "tools/html.hpp"

#include <fmt/format.h>

#include "grammar/characters.hpp"

namespace crit {

namespace {

// Nothing is loaded and nothing is sent, whatever a page may come to hold.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'; base-uri "
    "'none'";

}  // namespace

std::string html(std::string_view text) {
  std::string made;
  for (char c : visible(text)) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      case '\'':
        made += "&#39;";
        break;
      default:
        made += c;
    }
  }
  return made;
}

std::string html_number(uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, "\u202F");
  return digits;
}

void append_wide_begin(std::string& to, std::string_view named, std::string_view more) {
  to += fmt::format("<div class=\"wide\" role=\"region\" tabindex=\"0\" {0}><table {0}{1}{2}>\n", named,
                    more.empty() ? "" : " ", more);
}

void append_page_begin(std::string& to, std::string_view title) {
  to += fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
      kPolicy, html(title), page_style());
}

void append_page_end(std::string& to, bool with_script) {
  to += fmt::format("<footer><p>Written by crit {} from the trial's rules and the patients' records. ",
                    CRIT_VERSION);
  to +=
      "The decision is the investigator's. This page names patients: keep it as their records are "
      "kept.</p></footer>\n";
  if (with_script) to += fmt::format("<script>\n{}</script>\n", page_script());
  to += "</body>\n</html>\n";
}

}  // namespace crit
