// Where a statement starts and where a part of it ends. A keyword in column 1 always starts a statement: that
// is where reading picks up again after a mistake.
#include "grammar/blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/text_at.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

std::string_view code_of(const Source& source, const Line& line) {
  return text_of(source, {line.code, line.code_end, source.id});
}

bool starts_text(std::string_view text) {
  return text.starts_with('"') || text.starts_with("\xE2\x80\x9C");
}

// `- include`, `• include`, `1. include`: the length of what stands before the keyword, or 0.
size_t bullet_length(std::string_view text) {
  constexpr std::string_view kBullets[] = {"-", "*", "+", "o", "•", "·", "▪", "‣", "◦", "–", "—"};
  size_t length = 0;
  const bool is_word = !text.empty() && is_name_byte(text[0]) && text[0] != 'o' && !is_digit(text[0]);
  if (is_word || starts_text(text)) return 0;  // as nearly all lines
  for (std::string_view bullet : kBullets)
    if (text.starts_with(bullet)) length = bullet.size();
  if (length == 0) {
    while (length < text.size() && is_digit(text[length])) ++length;
    if (length == 0 || length == text.size() || (text[length] != '.' && text[length] != ')')) return 0;
    ++length;
  }
  size_t after = skip_blanks(text, length);
  bool keyword = !statement_keyword(first_word(text.substr(after))).empty();
  return keyword && after > length ? after : 0;
}

// An indented `include I1 "..."` or `flag x "..."`: no condition has a keyword, a name and a text in a row.
bool looks_like_statement(std::string_view text) {
  std::string_view keyword = statement_keyword(first_word(text));
  if (keyword.empty() || keyword == "judgement") return false;
  size_t at = skip_blanks(text, keyword.size());
  if (keyword == "use" || keyword == "range") return starts_text(text.substr(at));
  size_t end = at;
  while (end < text.size() && (is_name_byte(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  if (end == at || is_reserved(text.substr(at, end - at))) return false;
  bool criterion = keyword == "include" || keyword == "exclude" || keyword == "define";
  size_t next = skip_blanks(text, end);
  return starts_text(text.substr(next)) || (criterion && next == text.size());
}

// Words and signs that go on with what stands before them.
bool goes_on(std::string_view text) {
  constexpr std::string_view kWords[] = {"and",    "or",    "then", "else",  "in",     "is",
                                         "of",     "as",    "to",   "with",  "within", "between",
                                         "before", "after", "on",   "except"};
  std::string_view word = first_word(text);
  bool by_word = std::any_of(std::begin(kWords), std::end(kWords),
                             [&](std::string_view w) { return same_word(word, w); });
  return by_word || text.starts_with("- ") ||
         (!text.empty() && std::string_view("),+*/^<>=").find(text[0]) != std::string_view::npos);
}

struct Splitting {
  const Source& source;
  std::vector<Diagnostic>& out;
  std::vector<Block> blocks = {};

  void report(std::string rule, uint32_t begin, uint32_t end, std::string message, std::string help,
              std::optional<Fix> fix = std::nullopt) {
    out.push_back({.rule = std::move(rule),
                   .span = {begin, end, source.id},
                   .message = std::move(message),
                   .help = std::move(help),
                   .fix = std::move(fix),
                   .notes = {}});
  }
  Fix replace(uint32_t begin, uint32_t end, std::string text) const {
    return {{begin, end, source.id}, std::move(text), true};
  }
};

void start_block(Splitting& s, size_t number, std::string_view keyword, uint32_t begin) {
  s.blocks.push_back({number, number, keyword, begin});
}

// As other languages begin one.
bool looks_like_remark(std::string_view text) {
  return text.starts_with("//") || text.starts_with("--");
}

// The keyword that was meant to start the line, or empty.
std::string_view report_unknown_start(Splitting& s, const Line& line, std::string_view text) {
  if (looks_like_remark(text)) {
    s.report("anticipated-mistake", line.code, line.code + 2,
             fmt::format("`{}` begins no remark", text.substr(0, 2)), "write `#`",
             s.replace(line.code, line.code + 2, "#"));
    return "";
  }
  std::string_view word = first_word(text);
  uint32_t end = line.code + static_cast<uint32_t>(word.empty() ? 1 : word.size());
  const std::string_view near = nearest_statement(word);
  // `exclusion E1 "..."` is a criterion, `Exclusion criteria` a heading.
  const bool is_heading = text.find('"') == text.npos;
  if (is_heading && (same_word(word, "inclusion") || same_word(word, "exclusion"))) {
    s.report("anticipated-mistake", line.code, line.code_end, "a heading is no statement",
             "delete it, or begin it with `#`: each criterion says itself whether it includes or excludes",
             s.replace(line.code, line.code, "# "));
  } else if (same_word(word, "patient") || same_word(word, "case")) {
    s.report("syntax", line.code, end, fmt::format("`{}` belongs in a file of patients or cases", word),
             "rules and patients stand in files of their own");
  } else if (!near.empty()) {
    s.report("syntax", line.code, end, fmt::format("no statement starts with `{}`", word),
             fmt::format("did you mean `{}`?", near), s.replace(line.code, end, std::string(near)));
    return near;
  } else {
    std::string what =
        word.empty() ? std::string("this line") : fmt::format("no statement starts with `{}`", word);
    s.report("syntax", line.code, end, word.empty() ? "this line starts no statement" : what,
             "a line that belongs to the statement above it is indented by two blanks");
  }
  return "";
}

// A line whose code starts in column 1.
void take_first_column(Splitting& s, size_t number, const Line& line, std::string_view text) {
  const std::string_view word = first_word(text), keyword = statement_keyword(word);
  if (!keyword.empty()) return start_block(s, number, keyword, line.code);
  const bool of_trial = !s.blocks.empty() && s.blocks.back().keyword == "trial" &&
                        (same_word(word, "arm") || same_word(word, "arms") || same_word(word, "source") ||
                         same_word(word, "version") || same_word(word, "effective"));
  if (of_trial) {
    s.report("syntax", line.code, line.code + static_cast<uint32_t>(word.size()),
             fmt::format("`{}` stands below `trial`, indented", word), "put two blanks before it",
             s.replace(line.code, line.code, "  "));
    s.blocks.back().last = number;
    return;
  }
  bool belongs = !s.blocks.empty() && (goes_on(text) || starts_text(text)) && !looks_like_remark(text);
  if (!belongs) {
    const std::string_view meant = report_unknown_start(s, line, text);
    return start_block(s, number, meant, line.code);
  }
  s.report("syntax", line.code, line.code + 1, "a line that goes on with a statement is indented",
           "put two blanks before it", s.replace(line.code, line.code, "  "));
  s.blocks.back().last = number;
}

void take_line(Splitting& s, size_t number, const Line& line, int depth) {
  std::string_view text = code_of(s.source, line);
  bool first_column = line.code == line.begin;
  if (size_t bullet = bullet_length(text);
      bullet > 0 && (first_column || looks_like_statement(text.substr(bullet)))) {
    uint32_t begin = line.code + static_cast<uint32_t>(bullet);
    s.report("anticipated-mistake", line.code, begin, "a bullet or a number before a statement", "delete it",
             s.replace(line.begin, begin, ""));
    return start_block(s, number, statement_keyword(first_word(text.substr(bullet))), begin);
  }
  if (first_column) return take_first_column(s, number, line, text);
  bool in_range = !s.blocks.empty() && s.blocks.back().keyword == "range";
  if (s.blocks.empty() || (depth <= 0 && !in_range)) {
    if (!statement_keyword(first_word(text)).empty() && (s.blocks.empty() || looks_like_statement(text))) {
      s.report("syntax", line.code, line.code + static_cast<uint32_t>(first_word(text).size()),
               "a statement starts in column 1", "delete the blanks before it",
               s.replace(line.begin, line.code, ""));
      return start_block(s, number, statement_keyword(first_word(text)), line.code);
    }
    if (s.blocks.empty()) {
      s.report("syntax", line.code, line.code_end, "an indented line without a statement above it",
               "a file of rules starts with `trial`");
      return start_block(s, number, "", line.code);
    }
  }
  s.blocks.back().last = number;
}

}  // namespace

std::vector<Block> split_blocks(const Source& source, const std::vector<Line>& lines,
                                std::vector<Diagnostic>& out) {
  Splitting s{source, out};
  int depth = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].has_code()) continue;
    size_t before = s.blocks.size();
    take_line(s, i, lines[i], depth);
    depth = (s.blocks.size() > before ? 0 : depth) + lines[i].parentheses;
  }
  return std::move(s.blocks);
}

namespace {

Part part_of_line(const Block& block, std::string_view text) {
  if (block.keyword == "trial") return Part::trial_field;
  if (block.keyword == "range") return Part::range_field;
  if (block.keyword == "include" || block.keyword == "exclude")
    return starts_field(text, false) ? Part::criterion_field : Part::condition;
  if (block.keyword == "define") return starts_field(text, true) ? Part::define_field : Part::condition;
  return Part::declaration_field;
}

}  // namespace

std::vector<PartLines> split_parts(const Source& source, const std::vector<Line>& lines, const Block& block) {
  std::vector<PartLines> parts{{Part::head, block.first, block.first}};
  int depth = lines[block.first].parentheses;
  for (size_t i = block.first + 1; i <= block.last; ++i) {
    if (!lines[i].has_code()) continue;
    std::string_view text = code_of(source, lines[i]);
    PartLines& last = parts.back();
    bool after_comma = source.text[lines[last.last].code_end - 1] == ',';
    // A bullet is read with what it may have been a minus of, and refused there: a formula.
    const bool bullet = text.starts_with("- ") && !fact_kind(block.keyword);
    // A condition may be missing its first operand: it does not go on with the criterion's text.
    bool may_go_on = last.part != Part::head || fact_kind(block.keyword);
    bool joined = depth > 0 || starts_text(text) || same_word(first_word(text), "answered") || after_comma ||
                  (may_go_on && goes_on(text) && !bullet);
    Part part = joined ? last.part : part_of_line(block, text);
    joined = joined || (part == Part::condition && last.part == Part::condition);
    if (joined)
      last.last = i;
    else
      parts.push_back({part, i, i}), depth = 0;
    depth += lines[i].parentheses;
  }
  return parts;
}

}  // namespace crit
