// A rule file to its syntax tree: lines, statements, parts; each part is read and built on its own.
#include <fmt/format.h>

#include "grammar/attach.hpp"
#include "grammar/blocks.hpp"
#include "grammar/build_statement.hpp"
#include "grammar/characters.hpp"
#include "grammar/explain.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

// More findings than anyone reads; the rest is left out.
constexpr size_t kMaxFindings = 1000;

struct Parsing {
  const Source& source;
  std::vector<Line> lines;
  std::vector<Diagnostic>& out;
  Tree tree = {};

  uint32_t begin_of(const PartLines& p) const { return lines[p.first].code; }
  uint32_t end_of(const PartLines& p) const { return lines[p.last].code_end; }
};

// Reports texts that are not closed and characters that deceive. True where the part is not to be read.
bool check_lines(Parsing& p, size_t first, size_t last) {
  bool found = false;
  for (size_t i = first; i <= last; ++i) {
    const Line& line = p.lines[i];
    if (!line.ascii) found = check_line_characters(p.source, line, p.out) || found;
    if (!line.unclosed) continue;
    found = true;
    p.out.push_back({.rule = "syntax",
                     .span = {*line.unclosed, line.code_end, p.source.id},
                     .message = "a text is not closed on its line",
                     .help = "end it with `\"`; a quote inside a text is written `\"\"`",
                     .fix = {},
                     .notes = {}});
  }
  return found;
}

enum class Outcome { whole, broken };

// Reads one part into p.tree. Of a part with a text that is not closed, what stands before the text is read.
Outcome read(Parsing& p, const PartLines& lines, uint32_t begin) {
  bool bad = check_lines(p, lines.first, lines.last);
  uint32_t end = p.end_of(lines);
  for (size_t i = lines.first; i <= lines.last; ++i)
    if (p.lines[i].unclosed && *p.lines[i].unclosed < end) end = *p.lines[i].unclosed;
  auto failure = read_part(lines.part, p.source, begin, std::max(begin, end), p.tree);
  if (failure && !bad) p.out.push_back(explain(p.source, p.lines, lines.part, begin, end, *failure));
  return bad || failure ? Outcome::broken : Outcome::whole;
}

ExprPtr broken_expr(Span span) {
  return make_expr(Broken{}, span);
}

ExprPtr build_condition(Parsing& p, const PartLines& lines, Span span, Build::Of of, Trivia& trivia) {
  if (read(p, lines, span.begin) == Outcome::broken) {
    hoist_comments(p.source, p.lines, lines.first, lines.last, trivia);
    return broken_expr(span);
  }
  Build b{p.source, p.lines, p.out};
  b.of = of;
  b.in_rule = true;
  Cursor c(p.tree);
  ExprPtr built = build_expression(b, c, of == Build::Of::include);
  attach_comments(p.source, p.lines, lines.first, lines.last, *built, trivia);
  return built;
}

void take_condition(Parsing& p, const PartLines& lines, StatementNode& node, Trivia trivia) {
  auto* criterion = std::get_if<Criterion>(&node);
  auto* define = std::get_if<Define>(&node);
  Span span{p.begin_of(lines), p.end_of(lines), p.source.id};
  ExprPtr* place = criterion ? &criterion->condition : define ? &define->value : nullptr;
  if (place != nullptr && *place) {
    p.out.push_back({.rule = "syntax",
                     .span = {span.begin, p.lines[lines.first].code_end, p.source.id},
                     .message = "a second condition after a field",
                     .help = "a criterion has one condition, on lines that follow each other",
                     .fix = {},
                     .notes = {}});
    return;
  }
  const Build::Of of = !criterion           ? Build::Of::other
                       : criterion->include ? Build::Of::include
                                            : Build::Of::exclude;
  ExprPtr built = build_condition(p, lines, span, of, trivia);
  if (place == nullptr) return;
  *place = std::move(built);
  (criterion ? criterion->condition_trivia : define->value_trivia) = std::move(trivia);
}

// The names of a line that is meant to be `arms`, so that criteria may have them.
void take_arms(Parsing& p, const PartLines& lines, TrialStatement& trial) {
  const uint32_t begin = p.begin_of(lines);
  const std::string_view text = text_of(p.source, {begin, p.end_of(lines), p.source.id});
  for (size_t at = first_word(text).size(); at < text.size();) {
    const std::string_view word = first_word(text.substr(at));
    const uint32_t place = begin + static_cast<uint32_t>(at);
    if (!word.empty() && !is_reserved(word))
      trial.arms.push_back(
          {std::string(word), {place, place + static_cast<uint32_t>(word.size()), p.source.id}});
    at += std::max<size_t>(word.size(), 1);
  }
}

void take_field(Parsing& p, const PartLines& lines, StatementNode& node, Trivia trivia) {
  hoist_comments(p.source, p.lines, lines.first, lines.last, trivia);
  if (read(p, lines, p.begin_of(lines)) == Outcome::whole) {
    Build b{p.source, p.lines, p.out};
    b.in_rule = lines.part == Part::criterion_field;
    build_field(b, p.tree, node, std::move(trivia));
    return;
  }
  if (auto* declaration = std::get_if<Declaration>(&node)) declaration->broken = true;
  const std::string_view word = first_word(std::string_view(p.source.text).substr(p.begin_of(lines)));
  auto* trial = std::get_if<TrialStatement>(&node);
  if (trial && (same_word(word, "arm") || same_word(word, "arms"))) take_arms(p, lines, *trial);
}

void take_part(Parsing& p, const PartLines& lines, Statement& statement, Trivia trivia) {
  if (std::holds_alternative<Use>(statement.node)) {
    Span span{p.begin_of(lines), p.end_of(lines), p.source.id};
    p.out.push_back({.rule = "syntax",
                     .span = span,
                     .message = "`use` has no lines below it",
                     .help = "",
                     .fix = {},
                     .notes = {}});
  } else if (lines.part == Part::condition) {
    take_condition(p, lines, statement.node, std::move(trivia));
  } else {
    take_field(p, lines, statement.node, std::move(trivia));
  }
}

// A line that starts no statement, or with a slip of a keyword and goes on as that statement does not: more
// of it than its first word is not told.
bool is_unread(Parsing& p, const Block& block, const PartLines& head, std::string_view word) {
  const bool is_slip = statement_keyword(word).empty();
  return block.keyword.empty() ||
         (is_slip && read_part(Part::head, p.source, block.begin, p.end_of(head), p.tree));
}

Statement parse_block(Parsing& p, const Block& block, Trivia trivia) {
  std::vector<PartLines> parts = split_parts(p.source, p.lines, block);
  const Line& last = p.lines[block.last];
  const std::string_view word = first_word(std::string_view(p.source.text).substr(block.begin));
  Statement s{BrokenStatement{std::string(word), std::nullopt},
              {block.begin, last.code_end, p.source.id},
              {block.begin, p.end_of(parts.front()), p.source.id},
              std::move(trivia)};
  hoist_comments(p.source, p.lines, parts.front().first, parts.front().last, s.trivia);
  if (is_unread(p, block, parts.front(), word)) {
    for (size_t i = block.first; i <= block.last; ++i)
      if (!p.lines[i].ascii) check_line_characters(p.source, p.lines[i], p.out);
    std::get<BrokenStatement>(s.node).declares =
        name_meant_behind(p.source, block.begin, !block.keyword.empty());
    return s;
  }
  bool broken = read(p, parts.front(), block.begin) == Outcome::broken;
  Build b{p.source, p.lines, p.out};
  size_t found = p.out.size();
  s.node = build_head(b, p.tree, block.keyword, broken);
  if (broken) p.out.resize(found);
  if (auto* declaration = std::get_if<Declaration>(&s.node))
    declaration->broken = declaration->broken || statement_keyword(word).empty();
  for (size_t i = 1; i < parts.size(); ++i)
    take_part(p, parts[i], s, comments_between(p.source, p.lines, parts[i - 1].last, parts[i].first));
  return s;
}

void parse_blocks(Parsing& p, const std::vector<Block>& blocks, Trial& trial) {
  trial.statements.reserve(blocks.size());
  size_t line = 0;  // the first line that is not taken yet
  for (const Block& block : blocks) {
    size_t begin = line;
    Trivia trivia;
    collect_comments(p.source, p.lines, begin, block.first, trivia.before);
    trial.statements.push_back(parse_block(p, block, std::move(trivia)));
    line = indented_comments_end(p.lines, block.last + 1);
    collect_comments(p.source, p.lines, block.last + 1, line, trial.statements.back().end_comments);
    if (p.out.size() > kMaxFindings) break;
  }
  if (line < p.lines.size()) collect_comments(p.source, p.lines, line, p.lines.size(), trial.end_comments);
}

// Comments stand outside the parts.
void check_comments(Parsing& p) {
  for (const Line& line : p.lines)
    if (!line.ascii && !line.has_code()) check_line_characters(p.source, line, p.out);
}

}  // namespace

Parsed parse(const Source& source) {
  Parsed parsed;
  parsed.trial.file = source.id;
  if (source.text.size() > kMaxSourceBytes) {
    parsed.diagnostics.push_back(
        {.rule = "syntax",
         .span = {0, 0, source.id},
         .message = fmt::format("the file is larger than {} MiB", kMaxSourceBytes >> 20),
         .help = "part it into several files and read them with `use`",
         .fix = {},
         .notes = {}});
    return parsed;
  }
  Parsing p{source, split_lines(source), parsed.diagnostics};
  std::vector<Block> blocks = split_blocks(source, p.lines, p.out);
  check_comments(p);
  parse_blocks(p, blocks, parsed.trial);
  sort_by_place(p.out);
  if (p.out.size() > kMaxFindings) {
    Diagnostic& last = p.out[kMaxFindings];
    last = {.rule = "syntax",
            .span = last.span,
            .message = fmt::format("more than {} mistakes; the rest is not listed", kMaxFindings),
            .help = "",
            .fix = {},
            .notes = {}};
    p.out.resize(kMaxFindings + 1);
  }
  return parsed;
}

ParsedCondition parse_condition(const Source& source, uint32_t begin, bool include) {
  ParsedCondition parsed;
  Parsing p{source, split_lines(source), parsed.diagnostics};
  const Span span{begin, p.lines.back().code_end, source.id};
  Trivia trivia;
  parsed.condition = build_condition(p, {Part::condition, 0, p.lines.size() - 1}, span,
                                     include ? Build::Of::include : Build::Of::exclude, trivia);
  sort_by_place(p.out);
  return parsed;
}

}  // namespace crit
