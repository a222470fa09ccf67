// First lines of statements in their canonical form; long lists go on in indented lines.
#include <fmt/format.h>

#include "grammar/print.hpp"
#include "grammar/print_field.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

std::string print_title(const std::optional<Text>& text) {
  return text ? fmt::format(" {}", print_text(*text, 2)) : "";
}

std::string print_attribute(const Attribute& a) {
  switch (a.kind) {
    case Attribute::Kind::any:
      return a.name.text;
    case Attribute::Kind::words:
      return fmt::format("{} ({})", a.name.text, print_names(a.words));
    case Attribute::Kind::quantity:
      return fmt::format("{} in {}", a.name.text, a.unit.text);
    case Attribute::Kind::yes_no:
      return a.name.text + " yes/no";
    case Attribute::Kind::fact:
      return fmt::format("{} {}", a.name.text, a.fact.text);
  }
  return "";
}

std::string print_values(const Declaration& d, size_t column) {
  std::vector<std::string> values;
  for (const Name& value : d.values) values.push_back(value.text);
  return fmt::format(" ({}){}", wrap(values, 4, kLineWidth, column + 2), d.ordered ? " ordered" : "");
}

struct HeadPrinter {
  std::string operator()(const TrialStatement& t) const {
    return fmt::format("trial {}{}", t.id.text, print_title(t.title));
  }
  std::string operator()(const Criterion& c) const {
    return (c.include ? "include " : "exclude ") + c.id.text + print_title(c.text);
  }
  std::string operator()(const Define& d) const {
    std::string out = fmt::format("define {}{}", d.name.text, print_title(d.text));
    if (d.unit) out += fmt::format(" in {}", d.unit->text);
    return d.same_day ? out + " same day" : out;
  }
  std::string operator()(const Declaration& d) const {
    std::string out = fmt::format("{} {}{}", spelling(d.kind), d.name.text, print_title(d.text));
    if (!d.unit.text.empty()) out += fmt::format(" in {}", d.unit.text);
    if (d.percent_of_predicted) out += ", percent of predicted";
    if (!d.parents.empty()) out += fmt::format(" is {}", print_names(d.parents));
    if (d.acute) out += fmt::format(" acute for {}", print(*d.acute));
    if (!d.values.empty()) out += print_values(d, last_column(out));
    if (d.when) out += fmt::format(" when {}", print(*d.when));
    if (d.by) out += fmt::format(" by {}", d.by->text);
    if (d.attributes.empty()) return out;
    std::vector<std::string> attributes;
    for (const Attribute& a : d.attributes) attributes.push_back(print_attribute(a));
    out += " with ";
    return out + wrap(attributes, 4, kLineWidth, last_column(out));
  }
  std::string operator()(const Range& r) const {
    return fmt::format("range {}", print_text(r.laboratory, 2));
  }
  std::string operator()(const Use& u) const { return fmt::format("use {}", print_text(u.path, 2)); }
  std::string operator()(const BrokenStatement& b) const { return b.first_word; }
};

}  // namespace

std::string print_head(const Statement& s) {
  return std::visit(HeadPrinter{}, s.node);
}

}  // namespace crit
