// Text to HTML, and what the pages of crit have in common: one file each, that loads nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crit {

// Escaped, so that it stands for itself in text and in a quoted attribute. What would deceive or break is
// shown as on a terminal.
std::string html(std::string_view text);

// A number with a narrow blank between thousands.
std::string html_number(uint64_t);

// A box that scrolls sideways where its table is too wide, by the keyboard too; and the beginning of the
// table. `named` names both: `aria-labelledby="ID"`, `aria-label="WORDS"`. `more`: further attributes of the
// table.
void append_wide_begin(std::string&, std::string_view named, std::string_view more);
inline constexpr std::string_view kWideEnd = "</table></div>\n";

// From the first byte to the beginning of <main>, and from its end to the last byte.
void append_page_begin(std::string&, std::string_view title);
void append_page_end(std::string&, bool with_script);

// The files of tools/page.
std::string_view page_style();
std::string_view page_script();

}  // namespace crit
