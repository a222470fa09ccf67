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

bool has_comment(const Line& line) {
  return line.comment < line.end;
}

// An expression that gets a line of its own when a condition is broken into lines.
struct Item {
  Expr* expr;
  bool after_line_end;   // a comment can stand before it
  bool before_line_end;  // a remark can stand after it
};

void collect_items(Expr& e, std::vector<Item>& items) {
  if (auto* logic = std::get_if<Logic>(&e.node))
    for (ExprPtr& operand : logic->operands) {
      items.push_back(
          {operand.get(), &operand != &logic->operands.front(), &operand != &logic->operands.back()});
      collect_items(*operand, items);
    }
  if (auto* list = std::get_if<ListOf>(&e.node))
    for (ExprPtr& item : list->items) {
      items.push_back({item.get(), true, true});
      collect_items(*item, items);
    }
  if (auto* paren = std::get_if<Paren>(&e.node)) collect_items(*paren->inner, items);
  if (auto* windowed = std::get_if<Windowed>(&e.node)) collect_items(*windowed->inner, items);
}

// A comment on its own goes to the next item.
Expr* item_after(const std::vector<Item>& items, const Line& line) {
  Expr* found = nullptr;
  for (const Item& item : items)
    if (item.after_line_end && item.expr->span.begin > line.end &&
        (found == nullptr || item.expr->span.begin < found->span.begin))
      found = item.expr;
  return found;
}

// A remark belongs to the last item that ends on its line.
Expr* item_before(const std::vector<Item>& items, const Line& line) {
  Expr* found = nullptr;
  for (const Item& item : items) {
    uint32_t end = item.expr->span.end;
    if (item.before_line_end && end > line.code && end <= line.code_end &&
        (found == nullptr || end > found->span.end))
      found = item.expr;
  }
  return found;
}

bool attach(const std::vector<Item>& items, const Line& line, std::string comment) {
  Expr* found = line.has_code() ? item_before(items, line) : item_after(items, line);
  if (found == nullptr) return false;
  if (!found->trivia) found->trivia = std::make_unique<Trivia>();
  if (!line.has_code())
    found->trivia->before.push_back(std::move(comment));
  else if (found->trivia->after.empty())
    found->trivia->after = std::move(comment);
  else
    return false;
  return true;
}

}  // namespace

void collect_comments(const Source& source, const std::vector<Line>& lines, size_t first, size_t last,
                      std::vector<std::string>& out) {
  for (size_t i = first; i < last; ++i) {
    if (has_comment(lines[i]))
      out.push_back(comment_of(source, lines[i]));
    else if (!out.empty() && !out.back().empty())
      out.emplace_back();
    else if (out.empty() && first > 0)
      out.emplace_back();
  }
}

Trivia comments_between(const Source& source, const std::vector<Line>& lines, size_t above, size_t below) {
  Trivia trivia;
  collect_comments(source, lines, above + 1, below, trivia.before);
  return trivia;
}

void hoist_comments(const Source& source, const std::vector<Line>& lines, size_t first, size_t last,
                    Trivia& trivia) {
  for (size_t i = first; i < last; ++i)
    if (has_comment(lines[i])) trivia.before.push_back(comment_of(source, lines[i]));
  if (has_comment(lines[last])) trivia.after = comment_of(source, lines[last]);
}

void attach_comments(const Source& source, const std::vector<Line>& lines, size_t first, size_t last, Expr& e,
                     Trivia& trivia) {
  std::vector<Item> items;
  for (size_t i = first; i < last; ++i) {
    if (!has_comment(lines[i])) continue;
    if (items.empty()) collect_items(e, items);
    if (!attach(items, lines[i], comment_of(source, lines[i])))
      trivia.before.push_back(comment_of(source, lines[i]));
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
