// See print_field.hpp.
#include "grammar/print_field.hpp"

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "grammar/print.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

std::string names_field(const std::string& start, const std::vector<Name>& names) {
  std::vector<std::string> items;
  for (const Name& name : names) items.push_back(name.text);
  return start + wrap(items, 4, kLineWidth, 2 + start.size());
}

// A condition or value after a keyword; `start` stands on the line already, after two blanks.
std::string with_expr(std::string start, const Expr& e) {
  std::string out = fmt::format("  {}", start);
  print_lines(e, 4, 4, 0, out);
  return out.substr(2);
}

std::string print_query(const QueryField& q) {
  std::string out = "query " + (q.rule ? q.rule->text + " " : "") + print_text(q.text, 4);
  if (!q.answered) return out;
  std::string answer = fmt::format("answered {}", print_text(*q.answered, 4));
  bool fits = last_column(out) + 3 + count_characters(answer.substr(0, answer.find('\n'))) <= kLineWidth;
  return out + (fits ? " " : "\n    ") + answer;
}

std::string print_mark(MarkField::Mark mark) {
  switch (mark) {
    case MarkField::Mark::changes_quickly:
      return "changes quickly";
    case MarkField::Mark::varies:
      return "varies";
    case MarkField::Mark::same_day:
      return "same day";
  }
  return "";
}

struct FieldPrinter {
  std::string operator()(const WhenField& f) const { return with_expr("when ", *f.condition); }
  std::string operator()(const ArmsField& f) const { return names_field("arms ", f.arms); }
  std::string operator()(const NoteField& f) const { return fmt::format("note {}", print_text(f.text, 4)); }
  std::string operator()(const QueryField& f) const { return print_query(f); }
  std::string operator()(const AllowField& f) const {
    std::string out = fmt::format("allow {}", f.rule.text);
    return f.reason.pieces.empty() ? out : out + " " + print_text(f.reason, 4);
  }
  std::string operator()(const AlsoField& f) const { return names_field("also ", f.names); }
  std::string operator()(const SourceField& f) const {
    return fmt::format("source {}", print_text(f.text, 4));
  }
  std::string operator()(const CodesField& f) const { return names_field(f.system.text + " ", f.codes); }
  std::string operator()(const PlausibleField& f) const {
    return fmt::format("plausible {} to {}", print(*f.low), print(*f.high));
  }
  std::string operator()(const ConvertField& f) const {
    return fmt::format("convert {} = {}", print(*f.left), print(*f.right));
  }
  std::string operator()(const MolarMassField& f) const {
    return fmt::format("molar mass {}", print(*f.mass));
  }
  std::string operator()(const FormulaField& f) const { return with_expr("formula ", *f.value); }
  std::string operator()(const EquivalentField& f) const {
    return fmt::format("equivalent {} = {} {}", print(*f.dose), print(*f.of_dose), f.drug.text);
  }
  std::string operator()(const HalfLifeField& f) const { return fmt::format("half-life {}", print(*f.time)); }
  std::string operator()(const UsualField& f) const { return f.above ? "usual above" : "usual below"; }
  std::string operator()(const MarkField& f) const { return print_mark(f.mark); }
};

}  // namespace

size_t last_column(const std::string& text) {
  return count_characters(std::string_view(text).substr(text.rfind('\n') + 1));
}

std::string wrap(const std::vector<std::string>& items, size_t indent, size_t width, size_t column) {
  std::string out;
  for (const std::string& item : items) {
    bool first = &item == &items.front();
    bool fits = column + item.size() + 3 <= width;
    if (!first) out += fits ? ", " : fmt::format(",\n{}", std::string(indent, ' '));
    if (!first) column = fits ? column + 2 : indent;
    out += item;
    column += item.size();
  }
  return out;
}

std::string print_text(const Text& text, size_t indent) {
  std::string out;
  for (const std::string& piece : text.pieces) {
    if (!out.empty()) out += fmt::format("\n{}", std::string(indent, ' '));
    out += quoted(piece);
  }
  return out;
}

bool stands_before_condition(const CriterionField& field) {
  return std::holds_alternative<WhenField>(field.node) || std::holds_alternative<ArmsField>(field.node);
}

std::string print_field(const CriterionField& field) {
  return std::visit(FieldPrinter{}, field.node);
}

std::string print_field(const DeclarationField& field) {
  return std::visit(FieldPrinter{}, field.node);
}

std::string print_trial_field(const TrialStatement& t, const std::string& keyword) {
  if (keyword == "source") return fmt::format("source {}", print_text(*t.source, 4));
  if (keyword == "version") return fmt::format("version {}", print_text(*t.version, 4));
  if (keyword == "effective") return fmt::format("effective {}", t.effective->text);
  return fmt::format("arms {}", print_names(t.arms));
}

std::string print_range_line(const RangeLine& line) {
  std::string out = line.measure.text;
  if (line.sex) out += fmt::format(" {}", line.sex->text);
  if (line.age_from && line.age_to)
    out += fmt::format(" {} to {}", line.age_from->digits, line.age_to->digits);
  else if (line.age_from)
    out += fmt::format(" from {}", line.age_from->digits);
  else if (line.age_to)
    out += fmt::format(" to {}", line.age_to->digits);
  if (line.age_from || line.age_to) out += fmt::format(" {}", spelling(line.age_unit));
  out += ": ";
  if (!line.low) return out + "below " + print(*line.high);
  if (!line.high) return out + "above " + print(*line.low);
  return out + fmt::format("{} to {}", print(*line.low), print(*line.high));
}

}  // namespace crit
