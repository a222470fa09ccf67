// Words of everyday language around a name, where reading stopped at them: `prior asthma`, `without asthma`,
// `ALT missing`.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/stop.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

using Found = std::optional<Diagnostic>;

// `pregnant women`: who is asked about stands in the protocol alone.
Found who(const Stop& s) {
  if (!s.after_operand() || s.at_start()) return std::nullopt;
  for (std::string_view word :
       {"women", "woman", "patients", "patient", "subjects", "subject", "participants"})
    if (same_word(s.word(), word)) {
      // `for women of childbearing potential`: it is not the one word that is too many.
      const std::string_view behind = first_word(s.rest().substr(skip_blanks(s.rest(), s.word().size())));
      const bool has_more = same_word(behind, "of") || same_word(behind, "with") || same_word(behind, "who");
      if (has_more || same_word(s.last(), "for"))
        return mistake(s.token, fmt::format("`{}` is not needed", s.word()),
                       "a criterion is about one patient; in which cases it holds is said by a line\n"
                       "`when CONDITION` above");
      return mistake(s.token, fmt::format("`{}` is not needed", s.word()),
                     "leave it out: a criterion is about one patient",
                     Fix{{s.new_line ? s.token.begin : s.before.end, s.token.end, s.token.file}, "", false});
    }
  return std::nullopt;
}

struct Adjective {
  std::string_view word, windows;
};
constexpr Adjective kAdjectives[] = {{"prior", "ever"},
                                     {"previous", "ever"},
                                     {"past", "ever"},
                                     {"former", "ever"},
                                     {"current", "currently"},
                                     {"active", "currently"},
                                     {"ongoing", "currently"},
                                     {"concomitant", "currently"},
                                     {"concurrent", "currently"},
                                     {"known", ""},
                                     {"documented", ""},
                                     {"confirmed", ""}};

// `previous ALT > 3*ULN`: a result, and of several the word decides which one counts.
Found adjective_of_result(const Stop& s, const Adjective& a, const NameWords& words, Span whole) {
  const auto op = comparison_ahead(s.rest().substr(words.length));
  if (!op) return std::nullopt;
  const std::string message = fmt::format("`{}` does not say which result counts", s.last());
  const std::string_view name = words.name;
  if (a.windows == "currently")
    return mistake(s.before, message, fmt::format("a name alone means the latest result: write `{}`", name),
                   Fix{whole, words.name, false});
  return mistake(s.before, message, results_meant(name, *op));
}

// `prior asthma`, `known hepatitis B`, `active infection within 2 weeks`
Found adjective(const Stop& s) {
  const NameWords words = name_words_at(s.rest());
  if (!s.after_operand() || words.length == 0) return std::nullopt;
  for (const Adjective& a : kAdjectives) {
    if (!same_word(s.last(), a.word)) continue;
    const Span whole = join(s.before, part_of_rest(s, words.length));
    const std::string_view after = s.rest().substr(skip_blanks(s.rest(), words.length));
    if (Found result = adjective_of_result(s, a, words, whole)) return result;
    if (same_word(first_word(after), "to"))
      return mistake(s.before, fmt::format("`{}` is no word of the language", s.last()),
                     "leave it out, and say when: `currently` or `ever`", Fix{whole, words.name, false});
    if (window_word_length(after) > 0)
      return mistake(s.before, fmt::format("`{}` is not needed: the window says when", s.last()),
                     fmt::format("write `{}` and the window", words.name), Fix{whole, words.name, false});
    const std::string right = fmt::format("{} {}", words.name, a.windows);
    Diagnostic d =
        a.windows.empty()
            ? mistake(s.before, fmt::format("`{}` does not say when", s.last()),
                      fmt::format("write `{0} currently` or `{0} ever`", words.name))
            : mistake(s.before, fmt::format("`{}` is said by the window `{}`", s.last(), a.windows),
                      fmt::format("write `{}`", right), Fix{whole, right, false});
    d.word_before = s.before;  // what it stands before may have no window: `known pregnant`
    return d;
  }
  return std::nullopt;
}

// What is written for a word and the name beside it.
struct Meant {
  std::string_view word, right, instead = {};  // or that
};
constexpr Meant kBefore[] = {
    {"without", "no {} currently", "no {} ever"}, {"never", "no {} ever"}, {"dose", "dose of {}"}};
constexpr Meant kBehind[] = {{"missing", "{} is missing"},
                             {"known", "{} is known"},
                             {"normal", "{} is normal"},
                             {"abnormal", "not {} is normal"},
                             {"never", "no {} ever"}};

std::string with_name(std::string_view right, std::string_view name) {
  std::string made(right);
  return made.replace(made.find("{}"), 2, name);
}

Diagnostic meant(Span span, std::string_view word, const Meant& m, std::string_view name) {
  const std::string right = with_name(m.right, name);
  std::string help = fmt::format("write `{}`", right);
  if (!m.instead.empty()) help += fmt::format(" or `{}`", with_name(m.instead, name));
  return mistake(span, fmt::format("`{}` is not how it is written", word), std::move(help),
                 m.instead.empty() ? std::optional(Fix{span, right, false}) : std::nullopt);
}

// `without asthma`, `dose prednisone`
Found word_before(const Stop& s) {
  const NameWords name = name_words_at(s.rest());
  if (s.part != Part::condition || !s.after_operand() || s.new_line || name.length == 0) return std::nullopt;
  for (const Meant& m : kBefore)
    if (same_word(s.last(), m.word))
      return meant(join(s.before, part_of_rest(s, name.length)), s.last(), m, name.name);
  return std::nullopt;
}

// `neither asthma nor COPD`
Found neither(const Stop& s) {
  if (!s.after_operand() || !same_word(s.last(), "neither")) return std::nullopt;
  return mistake(s.before, "`neither` is not how it is written",
                 "write `none of (A, B)`, and the window behind it");
}

// `ALT missing`, `asthma never`
Found word_behind(const Stop& s) {
  const bool named =
      s.part == Part::condition && s.after_operand() && !s.new_line && !name_at(s.last()).empty();
  if (!named) return std::nullopt;
  if (same_word(s.word(), s.last()) && same_word(word_at_end(s.line_before()), "is"))
    return mistake(s.token, fmt::format("`{}` is here twice", s.word()), "delete one of the two",
                   Fix{s.token, "", false});
  for (const Meant& m : kBehind)
    if (same_word(s.word(), m.word)) return meant(join(s.before, s.token), s.word(), m, s.last());
  return std::nullopt;
}

// The words at the front of the text that begin an exception; 0: others.
size_t exception_words_length(std::string_view text) {
  for (std::string_view words : {"with the exception of", "except for", "except", "excluding", "other than",
                                 "apart from", "excepting"})
    if (same_word(text.substr(0, words.size()), words) &&
        (text.size() == words.size() || !is_name_byte(text[words.size()])))
      return words.size();
  return 0;
}

// `A`, `A, B`, `A or B`, with or without parentheses, and where they end. Length 0: other things stand there.
struct Excepted {
  std::string names;
  size_t length = 0;
};
Excepted excepted_at(std::string_view text) {
  Excepted found;
  const bool opened = text.starts_with('(');
  for (size_t at = opened ? skip_blanks(text, 1) : 0;;) {
    const std::string_view name = name_at(text.substr(at));
    if (name.empty()) return {};
    found.names += (found.names.empty() ? "" : ", ") + std::string(name);
    at += name.size();
    const size_t next = skip_blanks(text, at);
    const std::string_view joint = text.substr(next).starts_with(',') ? "," : first_word(text.substr(next));
    if (joint == "," || same_word(joint, "or") || same_word(joint, "and")) {
      at = skip_blanks(text, next + joint.size());
      continue;
    }
    if (opened && !text.substr(next).starts_with(')')) return {};
    found.length = opened ? next + 1 : at;
    return found;
  }
}

// `malignancy within 5 years excluding basal_cell_carcinoma`, `malignancy currently with the exception of A`
Found other_joint(const Stop& s) {
  if (s.part != Part::condition || s.at_start()) return std::nullopt;
  // `with` alone has been read: `malignancy with the exception of A`
  const bool after_with = same_word(s.last(), "with") && same_word(s.word(), "the");
  if (!after_with && !s.after_operand()) return std::nullopt;
  const std::string_view text = after_with ? s.from_last() : s.rest();
  const size_t words = exception_words_length(text);
  if (words == 0 || same_word(text.substr(0, words), "except")) return std::nullopt;
  const uint32_t begin = after_with ? s.before.begin : s.token.begin;
  const auto span = [&](size_t length) {
    return Span{begin, begin + static_cast<uint32_t>(length), s.token.file};
  };
  const size_t at = skip_blanks(text, words);
  const Excepted excepted = excepted_at(text.substr(at));
  const std::string_view message = "an exception begins with `except`";
  if (excepted.length == 0 || window_word_length(text.substr(skip_blanks(text, at + excepted.length))) > 0)
    return mistake(span(words), std::string(message), "write `except (NAME)`, with the names in parentheses");
  const std::string right = fmt::format("except ({})", excepted.names);
  Diagnostic d = mistake(span(words), std::string(message), fmt::format("write `{}`", right),
                         Fix{span(at + excepted.length), right, false});
  // `excluding A or pregnant`: what is behind `or` may be a condition of its own.
  if (excepted.names.find(',') != excepted.names.npos && text[at] != '(') d.fix.reset();
  return d;
}

// `malignancy within 5 years, except (A)`, `malignancy within 5 years (other than A)`
Found except_apart(const Stop& s) {
  if (s.part != Part::condition || !s.wants_end() || s.at_start() || (s.word() != "," && s.word() != "("))
    return std::nullopt;
  const std::string_view rest = s.rest(), behind = rest.substr(skip_blanks(rest, 1));
  const size_t words = exception_words_length(behind);
  if (words == 0) return std::nullopt;
  const std::string_view inside = behind.substr(skip_blanks(behind, words));
  if (s.word() == "," && inside.starts_with('(') && same_word(first_word(behind), "except"))
    return mistake(s.token, "no comma stands before `except`", "delete it", Fix{s.token, "", false});
  const std::string_view message = "only the names stand in parentheses behind `except`";
  const Excepted excepted = s.word() == "(" ? excepted_at(inside) : Excepted{};
  const size_t close = skip_blanks(inside, excepted.length);
  if (excepted.length == 0 || !inside.substr(close).starts_with(')'))
    return mistake(s.token, std::string(message), "write `except (A, B)`");
  const std::string right = fmt::format("except ({})", excepted.names);
  const std::string_view after = inside.substr(skip_blanks(inside, close + 1));
  if (window_word_length(after) > 0)
    return mistake(s.token, std::string(message),
                   fmt::format("write `{}` behind the window of what stands before", right));
  const Span whole = part_of_rest(s, size_t(inside.data() - rest.data()) + close + 1);
  return mistake(whole, std::string(message), fmt::format("write `{}`", right), Fix{whole, right, false});
}

// `no (asthma or COPD) ever`
Found no_of_several(const Stop& s) {
  if (!same_word(s.last(), "no") || s.word() != "(") return std::nullopt;
  const Excepted several = excepted_at(s.rest());
  // `no (A and B)` may mean that not both are.
  const std::string_view whole = s.rest().substr(0, several.length);
  for (size_t at = 0; at < whole.size(); at += std::max<size_t>(first_word(whole.substr(at)).size(), 1))
    if (same_word(first_word(whole.substr(at)), "and")) return std::nullopt;
  if (several.length == 0) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, several.length));
  return written(span, text_of(s.source, span), fmt::format("none of ({})", several.names), false);
}

// `asthma not within 5 years`: there is none in them, or it was before them.
Found not_within(const Stop& s) {
  const bool named = s.part == Part::condition && s.after_operand() && !name_at(s.last()).empty();
  if (!named || !same_word(s.word(), "not")) return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size()), length = window_word_length(s.rest().substr(at));
  if (length == 0) return std::nullopt;
  const std::string_view window = s.rest().substr(at, length);
  return mistake(join(s.before, part_of_rest(s, at + length)), "`not` stands before the name",
                 fmt::format("write `no {0} {1} ...`, which says that there is none then; that there was one "
                             "at another time is a condition of its own, such as `{0} ever`",
                             s.last(), window));
}

// `ALT not < 3*ULN`
Found not_sign(const Stop& s) {
  if (!s.after_operand() || !same_word(s.word(), "not")) return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size()), length = compare_sign_length(s.rest().substr(at));
  if (length == 0) return std::nullopt;
  return mistake(part_of_rest(s, at + length), "`not` cannot stand before a sign of comparison",
                 "write the opposite sign: `<=` for `not >`, `>=` for `not <`, `!=` for `not =`");
}

// `ULN x 3`
Found limit_times(const Stop& s) {
  const bool limit = same_word(s.last(), "uln") || same_word(s.last(), "lln");
  if (!s.after_operand() || !limit || !(same_word(s.word(), "x") || s.word() == "×")) return std::nullopt;
  const size_t at = skip_blanks(s.rest(), s.word().size()), length = number_length(s.rest().substr(at));
  if (length == 0) return std::nullopt;
  const Span span = join(s.before, part_of_rest(s, at + length));
  return written(span, text_of(s.source, span), fmt::format("{}*{}", s.rest().substr(at, length), s.last()));
}

constexpr Explanation kMistakes[] = {who,         adjective,    word_before,  neither,
                                     word_behind, except_apart, other_joint,  not_within,
                                     not_sign,    limit_times,  no_of_several};

}  // namespace

std::optional<Diagnostic> mistake_of_words(const Stop& s) {
  return first_of(kMistakes, s);
}

}  // namespace crit
