// The tables of the language's own words, behind words.hpp.
#include "grammar/words.hpp"

#include <algorithm>
#include <iterator>

#include "grammar/spelled.hpp"

namespace crit {

namespace {

constexpr std::string_view kReserved[] = {"and",     "or",     "not",   "if",  "then", "else", "in",
                                          "is",      "of",     "as",    "by",  "to",   "with", "within",
                                          "except",  "no",     "at",    "all", "any",  "none", "exactly",
                                          "between", "before", "after", "on"};

constexpr std::string_view kStatements[] = {"trial",     "include", "exclude", "define", "measure",
                                            "condition", "drug",    "event",   "flag",   "choice",
                                            "judgement", "date",    "range",   "use"};

// The first spelling of a value is the one that is written. The longest come first where one starts another.
constexpr Spelled<CompareOp> kCompare[] = {
    {"<=", CompareOp::less_equal},  {">=", CompareOp::greater_equal}, {"!=", CompareOp::not_equal},
    {"<", CompareOp::less},         {">", CompareOp::greater},        {"=", CompareOp::equal},
    {"≤", CompareOp::less_equal},   {"≥", CompareOp::greater_equal},  {"≠", CompareOp::not_equal},
    {"≦", CompareOp::less_equal},   {"≧", CompareOp::greater_equal},  {"⩽", CompareOp::less_equal},
    {"⩾", CompareOp::greater_equal}};

// What people write instead; read before the signs above.
constexpr Spelled<CompareOp> kWrongSigns[] = {
    {"=<", CompareOp::less_equal}, {"=>", CompareOp::greater_equal},  {"==", CompareOp::equal},
    {"<>", CompareOp::not_equal},  {"> =", CompareOp::greater_equal}, {"< =", CompareOp::less_equal}};

constexpr Spelled<LogicOp> kLogic[] = {{"and", LogicOp::logic_and}, {"or", LogicOp::logic_or},
                                       {"&&", LogicOp::logic_and},  {"||", LogicOp::logic_or},
                                       {"&", LogicOp::logic_and},   {"|", LogicOp::logic_or}};

constexpr Spelled<ArithmeticOp> kArithmetic[] = {{"+", ArithmeticOp::add},
                                                 {"-", ArithmeticOp::subtract},
                                                 {"*", ArithmeticOp::multiply},
                                                 {"/", ArithmeticOp::divide},
                                                 {"^", ArithmeticOp::power}};

constexpr Spelled<Quantifier> kQuantifiers[] = {
    {"all", Quantifier::all},           {"any", Quantifier::any},         {"none", Quantifier::none},
    {"at least", Quantifier::at_least}, {"at most", Quantifier::at_most}, {"exactly", Quantifier::exactly}};

constexpr Spelled<Selector> kSelectors[] = {{"latest", Selector::latest},   {"earliest", Selector::earliest},
                                            {"highest", Selector::highest}, {"lowest", Selector::lowest},
                                            {"average", Selector::average}, {"total", Selector::total},
                                            {"change in", Selector::change}};

constexpr Spelled<Function> kFunctions[] = {{"min", Function::min}, {"max", Function::max},
                                            {"abs", Function::abs}, {"round", Function::round},
                                            {"ln", Function::ln},   {"exp", Function::exp}};

constexpr Spelled<DurationUnit> kDurationUnits[] = {{"minutes", DurationUnit::minutes},
                                                    {"minute", DurationUnit::minutes},
                                                    {"hours", DurationUnit::hours},
                                                    {"hour", DurationUnit::hours},
                                                    {"days", DurationUnit::days},
                                                    {"day", DurationUnit::days},
                                                    {"weeks", DurationUnit::weeks},
                                                    {"week", DurationUnit::weeks},
                                                    {"months", DurationUnit::months},
                                                    {"month", DurationUnit::months},
                                                    {"years", DurationUnit::years},
                                                    {"year", DurationUnit::years},
                                                    {"half-lives", DurationUnit::half_lives},
                                                    {"half-life", DurationUnit::half_lives}};

constexpr Spelled<FactKind> kFactKinds[] = {
    {"measure", FactKind::measure},     {"condition", FactKind::condition},
    {"drug", FactKind::drug},           {"event", FactKind::event},
    {"flag", FactKind::flag},           {"choice", FactKind::choice},
    {"judgement", FactKind::judgement}, {"date", FactKind::date}};

constexpr std::string_view kLimits[] = {"uln", "lln"};

constexpr std::string_view kNoise[] = {"the", "previous", "past", "last", "preceding", "prior"};

constexpr Spelled<Window::Kind> kWindows[] = {{"within", Window::Kind::within},
                                              {"before", Window::Kind::before},
                                              {"after", Window::Kind::after},
                                              {"on", Window::Kind::on},
                                              {"between", Window::Kind::between},
                                              {"currently", Window::Kind::currently},
                                              {"ever", Window::Kind::ever},
                                              {"for", Window::Kind::for_at_least},
                                              {"starting", Window::Kind::starting_within},
                                              {"ending", Window::Kind::ending_within}};

constexpr Spelled<Side> kSides[] = {{"before", Side::before}, {"after", Side::after}, {"of", Side::of}};

// One letter more, less or other, or two letters swapped.
bool is_slip_of(std::string_view word, std::string_view keyword) {
  size_t common = 0;
  while (common < std::min(word.size(), keyword.size()) && (word[common] | 0x20) == keyword[common]) ++common;
  std::string_view a = word.substr(common), b = keyword.substr(common);
  if (word.size() < 3) return false;
  if (a.size() == b.size() + 1) return a.substr(1) == b;
  if (a.size() + 1 == b.size()) return a == b.substr(1);
  if (a.size() != b.size() || a.empty()) return false;
  bool swapped = a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
  return swapped || a.substr(1) == b.substr(1);
}

}  // namespace

std::string_view first_word(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && is_name_byte(text[n])) ++n;
  return n > 0 && is_digit(text[0]) ? std::string_view() : text.substr(0, n);
}

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !b.empty() && may_start(a, b) && phrase_length(a, b) == a.size();
}

bool is_reserved(std::string_view word) {
  return !word.empty() && reserved_length(word) == word.size();
}

std::string_view statement_keyword(std::string_view word) {
  for (std::string_view keyword : kStatements)
    if (same_word(word, keyword)) return keyword;
  return "";
}

std::string_view nearest_remark(std::string_view word) {
  for (std::string_view keyword : {"note", "query", "allow"})
    if (is_slip_of(word, keyword)) return keyword;
  return "";
}

std::string_view nearest_statement(std::string_view word) {
  if (same_word(word, "inclusion")) return "include";
  if (same_word(word, "exclusion")) return "exclude";
  if (same_word(word, "measurement")) return "measure";
  if (same_word(word, "definition")) return "define";
  for (std::string_view keyword : kStatements)
    if (is_slip_of(word, keyword)) return keyword;
  return "";
}

std::string_view statement_meant(std::string_view word) {
  const std::string_view keyword = statement_keyword(word);
  return keyword.empty() ? nearest_statement(word) : keyword;
}

std::optional<CompareOp> compare_op(std::string_view sign) {
  auto wrong = find(kWrongSigns, sign);
  return wrong ? wrong : find(kCompare, sign);
}
bool is_wrong_sign(std::string_view sign) {
  return find(kWrongSigns, sign).has_value();
}
std::optional<LogicOp> logic_op(std::string_view sign) {
  return find(kLogic, sign);
}
std::optional<Selector> selector(std::string_view word) {
  return find(kSelectors, word);
}
std::optional<Function> function(std::string_view word) {
  return find(kFunctions, word);
}
std::optional<DurationUnit> duration_unit(std::string_view word) {
  return find(kDurationUnits, word);
}
std::optional<FactKind> fact_kind(std::string_view word) {
  return find(kFactKinds, word);
}
std::optional<Window::Kind> window_kind(std::string_view word) {
  return find(kWindows, word);
}
std::optional<Side> side(std::string_view word) {
  return find(kSides, word);
}
size_t reserved_length(std::string_view text) {
  std::string_view word = first_word(text.substr(0, 8));
  if (word.empty() || word.size() > 7) return 0;
  return length(kReserved, text);
}

size_t compare_sign_length(std::string_view text) {
  size_t wrong = length(kWrongSigns, text);
  return wrong > 0 ? wrong : length(kCompare, text);
}

size_t logic_sign_length(std::string_view text) {
  return text.empty() || (text[0] != '&' && text[0] != '|') ? 0 : length(kLogic, text);
}

size_t selector_length(std::string_view text) {
  return length(kSelectors, text);
}
size_t function_length(std::string_view text) {
  return length(kFunctions, text);
}
size_t duration_unit_length(std::string_view text) {
  return length(kDurationUnits, text);
}
size_t limit_length(std::string_view text) {
  return length(kLimits, text);
}
size_t noise_length(std::string_view text) {
  return length(kNoise, text);
}
size_t window_word_length(std::string_view text) {
  return length(kWindows, text);
}

std::string_view spelling(CompareOp op) {
  return spelling_in(kCompare, op);
}
CompareOp turned(CompareOp op) {
  using enum CompareOp;
  constexpr CompareOp kTurned[] = {greater, greater_equal, less, less_equal, equal, not_equal};
  return kTurned[size_t(op)];
}

std::string_view spelling(ArithmeticOp op) {
  return spelling_in(kArithmetic, op);
}
std::string_view spelling(LogicOp op) {
  return spelling_in(kLogic, op);
}
std::string_view spelling(Quantifier q) {
  return spelling_in(kQuantifiers, q);
}
std::string_view spelling(Selector s) {
  return spelling_in(kSelectors, s);
}
std::string_view spelling(Function f) {
  return spelling_in(kFunctions, f);
}
std::string_view spelling(DurationUnit u) {
  return spelling_in(kDurationUnits, u);
}
std::string_view spelling(Window::Kind k) {
  return spelling_in(kWindows, k);
}
std::string_view spelling(Side s) {
  return spelling_in(kSides, s);
}
std::string_view spelling(FactKind k) {
  return spelling_in(kFactKinds, k);
}

}  // namespace crit
