// See attach.hpp.
#include "grammar/attach.hpp"

#include "grammar/characters.hpp"

namespace crit {

namespace {

std::string comment_of(const Source& source, const Line& line) {
  std::string_view comment = text_of(source, {line.comment, line.end, source.id});
  while (comment.ends_with(' ') || comment.ends_with('\t')) comment.remove_suffix(1);
  return std::string(comment);
}

bool has_comment(const Line& line) { return line.comment < line.end; }

// The expressions that get a line of their own when a condition is broken into lines.
void collect_items(Expr& e, std::vector<Expr*>& items) {
  if (auto* logic = std::get_if<Logic>(&e.node))
    for (ExprPtr& operand : logic->operands) items.push_back(operand.get()), collect_items(*operand, items);
  if (auto* list = std::get_if<ListOf>(&e.node))
    for (ExprPtr& item : list->items) items.push_back(item.get()), collect_items(*item, items);
  if (auto* paren = std::get_if<Paren>(&e.node)) collect_items(*paren->inner, items);
  if (auto* windowed = std::get_if<Windowed>(&e.node)) collect_items(*windowed->inner, items);
}

Trivia& trivia_of(Expr& e) {
  if (!e.trivia) e.trivia = std::make_unique<Trivia>();
  return *e.trivia;
}

// A remark belongs to the last item that ends on its line before it; a comment on its own to the next item.
bool attach(const std::vector<Expr*>& items, const Line& line, std::string comment) {
  Expr* found = nullptr;
  for (Expr* item : items) {
    bool ends_here = item->span.end > line.code && item->span.end <= line.code_end;
    if (line.has_code() && ends_here && (found == nullptr || item->span.end > found->span.end)) found = item;
    if (!line.has_code() && item->span.begin > line.end && (found == nullptr || item->span.begin < found->span.begin)) found = item;
  }
  if (found == nullptr) return false;
  Trivia& trivia = trivia_of(*found);
  if (!line.has_code()) trivia.before.push_back(std::move(comment));
  else if (trivia.after.empty()) trivia.after = std::move(comment);
  else return false;
  return true;
}

}  // namespace

void collect_comments(const Source& source, const std::vector<Line>& lines, size_t first, size_t last,
                      std::vector<std::string>& out) {
  for (size_t i = first; i < last; ++i) {
    if (has_comment(lines[i])) out.push_back(comment_of(source, lines[i]));
    else if (!out.empty() && !out.back().empty()) out.emplace_back();
    else if (out.empty() && first > 0) out.emplace_back();
  }
}

Trivia comments_between(const Source& source, const std::vector<Line>& lines, size_t above, size_t below) {
  Trivia trivia;
  collect_comments(source, lines, above + 1, below, trivia.before);
  return trivia;
}

void hoist_comments(const Source& source, const std::vector<Line>& lines, size_t first, size_t last, Trivia& trivia) {
  for (size_t i = first; i < last; ++i)
    if (has_comment(lines[i])) trivia.before.push_back(comment_of(source, lines[i]));
  if (has_comment(lines[last])) trivia.after = comment_of(source, lines[last]);
}

void attach_comments(const Source& source, const std::vector<Line>& lines, size_t first, size_t last, Expr& e,
                     Trivia& trivia) {
  std::vector<Expr*> items;
  for (size_t i = first; i < last; ++i) {
    if (!has_comment(lines[i])) continue;
    if (items.empty()) collect_items(e, items);
    if (!attach(items, lines[i], comment_of(source, lines[i]))) trivia.before.push_back(comment_of(source, lines[i]));
  }
  if (has_comment(lines[last])) trivia.after = comment_of(source, lines[last]);
}

size_t indented_comments_end(const std::vector<Line>& lines, size_t line) {
  size_t end = line;
  for (size_t i = line; i < lines.size() && !lines[i].has_code(); ++i) {
    if (!has_comment(lines[i])) continue;
    if (lines[i].comment == lines[i].begin) break;
    end = i + 1;
  }
  return end;
}

bool check_line_characters(const Source& source, const Line& line, std::vector<Diagnostic>& out) {
  std::string_view text = source.text;
  bool found = false;
  uint32_t at = line.code;
  for (uint32_t i = line.code; i < line.code_end; ++i) {
    if (text[i] != '"') continue;
    found = check_characters(source, at, i, false, out) || found;
    uint32_t close = i + 1;
    while (close < line.code_end && text[close] != '"') ++close;
    check_characters(source, i, std::min(close, line.code_end), true, out);
    at = i = close;
    at = std::min(at + 1, line.code_end);
  }
  found = check_characters(source, std::min(at, line.code_end), line.code_end, false, out) || found;
  check_characters(source, line.comment, line.end, true, out);
  return found;
}

}  // namespace crit
