// tense-differs-from-text: `currently` where the protocol's words tell of the past, `ever` where they tell of
// the present.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/walk.hpp"
#include "grammar/words.hpp"
#include "tools/lint/fact_windows.hpp"
#include "tools/lint/mentions.hpp"

namespace crit {

namespace {

// Words of a time that is over, or of what stays with a patient once it was there.
constexpr std::string_view kPast[] = {
    "history",   "previous",  "previously", "former",     "formerly",     "ever",       "had",   "received",
    "taken",     "any time",  "prior",      "past",       "exposure",     "exposed",    "naive", "never",
    "undergone", "underwent", "recipient",  "recipients", "participated", "experienced"};
// Of these, what may begin an item of a list and says nothing of the items before it.
constexpr std::string_view kBeginsItem[] = {"history", "previous", "former", "prior", "past"};
// Words that go with `ever` as well as with `currently`.
constexpr std::string_view kEither[] = {
    "known",     "documented", "established", "confirmed",   "hypersensitivity", "hypersensitive",
    "allergy",   "allergic",   "allergies",   "intolerance", "anaphylaxis",      "carrier",
    "diagnosed", "diagnosis",  "family",      "relative",    "relatives",        "father",
    "mother",    "parent",     "parents",     "siblings"};
// Of a disease: it is there again or still, whatever the sentence tells of earlier days.
constexpr std::string_view kStill[] = {"recurrent",  "relapsed",   "refractory",
                                       "metastatic", "persistent", "residual"};
constexpr std::string_view kPresent[] = {
    "current",      "currently",    "active",        "actively",  "ongoing",   "concurrent",
    "concurrently", "concomitant",  "concomitantly", "present",   "presently", "taking",
    "receiving",    "uncontrolled", "continuous",    "requiring", "requires",  "now"};

// `prior to`, "the past 5 years" and "previous 3 months" are windows, a "smoking history" is a quantity, a
// "clinical history" a diagnosis.
bool is_no_tense(std::string_view head, std::string_view words, std::string_view after) {
  if (words == "history") {
    const std::string_view before = last_word(stripped(head));
    return before == "smoking" || before == "tobacco" || before == "alcohol" || before == "clinical";
  }
  if (words != "prior" && words != "past" && words != "previous") return false;
  after = stripped(after);
  const std::string_view next = next_word(after);
  return next == "to" || (!after.empty() && is_digit(after[0])) || next.starts_with("year") ||
         next.starts_with("month") || next.starts_with("week") || next.starts_with("day");
}

// "Diabetes or prior stroke": behind a comma or a join, with words of its own behind it.
bool begins_item(std::string_view head, std::string_view words, std::string_view after) {
  if (std::ranges::find(kBeginsItem, words) == std::end(kBeginsItem)) return false;
  head = stripped(head);
  after = stripped(after);
  const std::string_view before = last_word(head), next = next_word(after);
  const bool is_apart = before == "or" || before == "and" || head.ends_with(',') || head.ends_with('/');
  return is_apart && !next.empty() && next != "or" && next != "and";
}

// Words of the past that are not of an item that begins behind `mentioned`, where the fact is last spoken of.
bool tells_of_past(std::string_view sentence, size_t mentioned) {
  return std::ranges::any_of(kPast, [&](std::string_view words) {
    for (size_t at = find_words(sentence, words); at != std::string_view::npos;
         at = find_words(sentence, words, at + 1)) {
      const std::string_view head = sentence.substr(0, at), after = sentence.substr(at + words.size());
      const bool is_others = at > mentioned && begins_item(head, words, after);
      if (!is_others && !is_no_tense(head, words, after)) return true;
    }
    return false;
  });
}

template <typename List>
bool has(std::string_view text, const List& list) {
  return std::ranges::any_of(list, [&](std::string_view words) {
    for (size_t at = find_words(text, words); at != std::string_view::npos;
         at = find_words(text, words, at + 1))
      if (!is_no_tense(text.substr(0, at), words, text.substr(at + words.size()))) return true;
    return false;
  });
}

// The sentence around a place, or the item of a list.
std::string_view sentence_at(const PlainText& plain, size_t at) {
  const auto ends = [&](size_t i) {
    const char c = plain.text[i];
    return c == ';' || c == '\n' || (c == '.' && (i + 1 == plain.text.size() || plain.text[i + 1] == ' '));
  };
  size_t begin = at, end = at;
  while (begin > 0 && !ends(begin - 1)) --begin;
  while (end < plain.text.size() && !ends(end)) ++end;
  return std::string_view(plain.lower).substr(begin, end - begin);
}

bool has_window(const Expr& e, Window::Kind kind) {
  bool found = false;
  for_each_window(e, [&](const FactWindow& w) { found = found || (w.window && w.window->kind == kind); });
  return found;
}

// Where a window stands. `ever`, `currently`: one stands in a part that is asked for too, and the words of
// that time may belong to it. `admits`: its being met takes the patient in.
struct Beside {
  bool ever = false, currently = false;
  bool admits = false;
};

// Under an exclusion a bare "asthma" may mean a past one as well, but hardly a drug or what everybody once
// had.
bool is_of_now(const Fact& fact, Beside beside) {
  return beside.admits || fact.kind == FactKind::drug || fact.acute;
}

struct Look {
  const CriterionWords& words;
  Findings& findings;

  // Where the text speaks of the fact; all of the text where it has other words.
  std::string scope(const Name& name) const {
    const std::set<std::string> own = words_of_name(words.input, name.text);
    std::string text;
    for (const TextWord& w : words.words)
      if (has_stem(own, w.word)) text += std::string(sentence_at(words.match.text.plain, w.begin)) + " ; ";
    return text.empty() ? words.match.text.plain.lower : text;
  }

  // False where every word of the past in the fact's sentences begins another item of their list.
  bool is_over(const Name& name) const {
    const std::set<std::string> own = words_of_name(words.input, name.text);
    const PlainText& plain = words.match.text.plain;
    std::map<std::string_view, size_t> sentences;  // each with where it last speaks of the fact
    for (const TextWord& w : words.words) {
      const std::string_view sentence = sentence_at(plain, w.begin);
      if (has_stem(own, w.word)) sentences[sentence] = w.begin - size_t(sentence.data() - plain.lower.data());
    }
    return sentences.empty() ||
           std::ranges::any_of(sentences, [](const auto& s) { return tells_of_past(s.first, s.second); });
  }

  // What happens on a day has no other time that its records go on: `currently` asks of it something else.
  void report(const Fact& fact, Span span, std::string_view written, std::string_view told,
              std::string_view other) {
    Diagnostic d = finding(span, fmt::format("`{}`, and the protocol's words {}", written, told),
                           fmt::format("write `{}`, or ask in a `query tense-differs-from-text`", other));
    const bool happens = fact.kind == FactKind::event || fact.acute;
    if (text_of(words.input.source, span) == written && !happens)
      d.fix = Fix{span, std::string(other), false};
    findings.push_back(std::move(d));
  }

  // The words are of neither time: both ways to write it.
  void report_unsaid(const Fact& fact, const std::string& name, Span span) {
    report(fact, span, "ever", "name no past", "currently");
    findings.back().help = fmt::format(
        "`{0} currently` asks whether it is there at screening, `{0} ever` whether it ever was:\nwrite the "
        "one that "
        "is meant, or ask in a `query tense-differs-from-text`",
        name);
  }

  void at(const Name& name, const Window& window, Beside beside) {
    const Fact* fact = fact_of(words.input, name.text);
    const bool lasts = fact && (fact->kind == FactKind::condition || fact->kind == FactKind::drug);
    if (!lasts && !(fact && fact->kind == FactKind::event)) return;
    const std::string text = scope(name);
    const bool past = has(text, kPast), present = has(text, kPresent);
    const bool still = fact && fact->kind == FactKind::condition && has(text, kStill);
    // Without its window the words' period is another rule's finding.
    if (!words.match.windowless.empty()) return;
    const bool asks_now = window.kind == Window::Kind::currently && !present && !still && !beside.ever;
    if (asks_now && past && is_over(name))
      report(*fact, window.span, "currently", "tell of the past", "ever");
    if (window.kind != Window::Kind::ever || !lasts || past) return;
    if (present && !beside.currently)
      report(*fact, window.span, "ever", "tell of the present", "currently");
    else if (!has(text, kEither) && is_of_now(*fact, beside))
      report_unsaid(*fact, name.text, window.span);
  }

  void at_list(const Expr& inner, const Window& window, Beside beside) {
    bool told = false;  // one finding a window
    for_each_expr(inner, [&](const Expr& e) {
      const auto* records = std::get_if<Records>(&e.node);
      if (!records || records->window || told) return;
      const size_t before = findings.size();
      at(records->name, window, beside);
      told = findings.size() > before;
    });
  }

  void all_of(const std::vector<ExprPtr>& parts, Beside beside) {
    for (const ExprPtr& part : parts) {
      Beside inner = beside;
      for (const ExprPtr& other : parts) {
        if (other == part || !other) continue;
        inner.ever = inner.ever || has_window(*other, Window::Kind::ever);
        inner.currently = inner.currently || has_window(*other, Window::Kind::currently);
      }
      if (part) visit(*part, inner);
    }
  }

  void visit(const Expr& e, Beside beside) {
    if (const auto* records = std::get_if<Records>(&e.node); records && records->window) {
      const bool denied = records->count == Records::Count::no || records->count == Records::Count::at_most;
      at(records->name, *records->window, {beside.ever, beside.currently, beside.admits != denied});
    }
    const auto* windowed = std::get_if<Windowed>(&e.node);
    if (windowed && windowed->inner && windowed->window) at_list(*windowed->inner, *windowed->window, beside);
    const auto* logic = std::get_if<Logic>(&e.node);
    if (logic && logic->op == LogicOp::logic_and) return all_of(logic->operands, beside);
    const auto* list = std::get_if<ListOf>(&e.node);
    if (list && list->quantifier == Quantifier::all) return all_of(list->items, beside);
    // The condition of an `if` takes nobody in: "patients after a transplant: at most ...".
    if (const auto* choice = std::get_if<If>(&e.node)) {
      if (choice->condition) visit(*choice->condition, {.ever = true, .currently = beside.currently});
      for (const ExprPtr* branch : {&choice->then_branch, &choice->else_branch})
        if (*branch) visit(**branch, beside);
      return;
    }
    if (std::holds_alternative<Not>(e.node) || (list && list->quantifier == Quantifier::none))
      beside.admits = !beside.admits;
    for_each_child(e, [&](const Expr& child) { visit(child, beside); });
  }
};

void run(const LintInput& input, Findings& findings) {
  for_each_criterion(input, [&](const Criterion& criterion) {
    const auto words = criterion_words(input, criterion);
    if (!words) return;
    Look look{*words, findings};
    // The words of the past are of the condition, and not of when it applies.
    if (const Expr* when = when_of(criterion)) look.visit(*when, {.ever = true, .admits = true});
    look.visit(*criterion.condition, {.admits = criterion.include});
  });
}

}  // namespace

extern const LintRule kTenseDiffersFromText{"tense-differs-from-text",
                                            LintGroup::text,
                                            Severity::warning,
                                            "`currently` where the protocol's words tell of the past "
                                            "(`history of`, `prior`), `ever` where they tell of the "
                                            "present (`active`, `concomitant`) or of no past",
                                            "A patient whose illness is over is turned away, or one with a "
                                            "history taken in. Words of both times, in one "
                                            "sentence, are left alone.",
                                            R"(trial T1 "example"

exclude E1 "History of pancreatitis"
  pancreatitis currently
)",
                                            R"(trial T1 "example"

exclude E1 "History of pancreatitis"
  pancreatitis ever
)",
                                            run};

}  // namespace crit
