// The grammar itself: no rule can loop without progress, and nesting costs no more than its length.
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/expected.hpp"
#include "tests/test.hpp"

namespace pegtl = tao::pegtl;
namespace grammar = crit::grammar;

template <typename Name, size_t (*Length)(std::string_view)>
struct pegtl::analyze_traits<Name, grammar::listed<Length>> : pegtl::analyze_any_traits<> {};
template <typename Name, typename Letters>
struct pegtl::analyze_traits<Name, grammar::starts<Letters>> : pegtl::analyze_any_traits<> {};
// Takes nothing.
template <typename Name>
struct pegtl::analyze_traits<Name, grammar::inside_line> : pegtl::analyze_opt_traits<> {};

namespace {

template <typename Rule>
struct counting : pegtl::normal<Rule> {
  template <typename Input>
  static void start(const Input&, size_t& attempts) {
    ++attempts;
  }
};

size_t attempts(const std::string& text) {
  size_t count = 0;
  pegtl::memory_input<> in(text, "");
  REQUIRE(pegtl::parse<grammar::condition, pegtl::nothing, counting>(in, count));
  return count;
}

std::string nested(const std::string& open, const std::string& inner, const std::string& close, int depth) {
  std::string text = inner;
  for (int i = 0; i < depth; ++i) text = open + text + close;
  return text;
}

}  // namespace

TEST_CASE("no rule of the grammar can loop without progress") {
  CHECK(pegtl::analyze<grammar::head>() == 0);
  CHECK(pegtl::analyze<grammar::condition>() == 0);
  CHECK(pegtl::analyze<grammar::trial_field>() == 0);
  CHECK(pegtl::analyze<grammar::criterion_field>() == 0);
  CHECK(pegtl::analyze<grammar::define_field>() == 0);
  CHECK(pegtl::analyze<grammar::declaration_field>() == 0);
  CHECK(pegtl::analyze<grammar::range_field>() == 0);
  CHECK(pegtl::analyze<grammar::patient_head>() == 0);
  CHECK(pegtl::analyze<grammar::patient_line>() == 0);
}

TEST_CASE("twice the depth is twice the work") {
  struct Nesting {
    std::string open, inner, close;
  };
  const Nesting nestings[] = {{"(", "fa", ")"},
                              {"(", "x <= 3 U/L", ")"},
                              {"(1 + ", "x", ") * 2"},
                              {"not ", "fa", ""},
                              {"any of (fa, ", "fb", ") ever"},
                              {"x with (y = ", "z", ")"},
                              {"x with (", "y", ") <= 3"},
                              {"abs(", "x", ")"},
                              {"latest (", "x", ")"},
                              {"if a then b else ", "c", ""},
                              {"(if a then ", "b", " else c)"},
                              {"x <= (if a then 1 else ", "2", ")"}};
  for (const Nesting& n : nestings) {
    INFO(n.open);
    size_t at_50 = attempts(nested(n.open, n.inner, n.close, 50));
    size_t at_100 = attempts(nested(n.open, n.inner, n.close, 100));
    CHECK(at_100 < 2 * at_50 + 100);
    CHECK(at_100 < 100000);
  }
}
