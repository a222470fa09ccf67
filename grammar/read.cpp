// The grammar's control: nodes are written when a rule starts and taken back when it fails.
#include "grammar/read.hpp"

#include "grammar/ast.hpp"
#include "grammar/expected.hpp"

namespace crit {

namespace {

namespace pegtl = tao::pegtl;

struct Reading {
  Reading(Tree& t, const char* b) : tree(t), base(b) { open.reserve(32); }

  Tree& tree;
  const char* base;
  std::vector<uint32_t> open;  // the nodes that are not finished
  int depth = 0;

  uint32_t offset(const char* at) const { return static_cast<uint32_t>(at - base); }
};

template <typename Rule>
concept LeavesNode = requires {
  Rule::node;
};
template <typename Rule>
concept Deepens = requires {
  Rule::deepens;
};

template <typename Rule>
struct stops : pegtl::normal<Rule> {
  template <typename Input>
  [[noreturn]] static void raise(const Input& in, Reading& r) {
    static_assert(grammar::expected<Rule> != nullptr, "say in expected.hpp what is expected here");
    throw Failure{r.offset(in.current()), grammar::expected<Rule>, false};
  }
};

template <typename Rule>
struct control : stops<Rule> {};

template <LeavesNode Rule>
struct control<Rule> : stops<Rule> {
  template <typename Input>
  static void start(const Input& in, Reading& r) {
    r.open.push_back(static_cast<uint32_t>(r.tree.size()));
    r.tree.push_back({Rule::node, r.offset(in.current()), 0, 0});
  }
  template <typename Input>
  static void success(const Input& in, Reading& r) {
    TreeNode& node = r.tree[r.open.back()];
    node.end = r.offset(in.current());
    node.next = static_cast<uint32_t>(r.tree.size());
    r.open.pop_back();
  }
  template <typename Input>
  static void failure(const Input&, Reading& r) {
    r.tree.resize(r.open.back());
    r.open.pop_back();
  }
};

template <Deepens Rule>
struct control<Rule> : stops<Rule> {
  template <typename Input>
  static void start(const Input& in, Reading& r) {
    if (++r.depth > kMaxDepth) throw Failure{r.offset(in.current()), "", true};
  }
  template <typename Input>
  static void success(const Input&, Reading& r) {
    --r.depth;
  }
  template <typename Input>
  static void failure(const Input&, Reading& r) {
    --r.depth;
  }
};

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;

template <typename Rule>
bool run(Input& in, Reading& r) {
  return pegtl::parse<Rule, pegtl::nothing, control>(in, r);
}

bool run(Part part, Input& in, Reading& r) {
  switch (part) {
    case Part::head:
      return run<grammar::head>(in, r);
    case Part::condition:
      return run<grammar::condition>(in, r);
    case Part::trial_field:
      return run<grammar::trial_field>(in, r);
    case Part::criterion_field:
      return run<grammar::criterion_field>(in, r);
    case Part::define_field:
      return run<grammar::define_field>(in, r);
    case Part::declaration_field:
      return run<grammar::declaration_field>(in, r);
    case Part::range_field:
      return run<grammar::range_field>(in, r);
    case Part::patient_head:
      return run<grammar::patient_head>(in, r);
    case Part::patient_line:
      return run<grammar::patient_line>(in, r);
  }
  return false;
}

}  // namespace

std::optional<Failure> read_part(Part part, const Source& source, uint32_t begin, uint32_t end, Tree& tree) {
  tree.clear();
  tree.reserve(32);
  const char* base = source.text.data();
  Input in(base + begin, base + end, "");
  Reading r{tree, base};
  try {
    if (run(part, in, r)) return std::nullopt;
    return Failure{begin, "a statement", false};
  } catch (const Failure& failure) {
    return failure;
  }
}

bool starts_field(std::string_view text, bool definition) {
  Tree tree;
  Input in(text.data(), text.data() + text.size(), "");
  Reading r{tree, text.data()};
  return definition ? run<grammar::define_field_start>(in, r) : run<grammar::criterion_field_start>(in, r);
}

}  // namespace crit
