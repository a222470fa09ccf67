// Records of a name, their windows and exceptions; periods and anchors.
#include "grammar/build.hpp"
#include "grammar/words.hpp"

namespace crit {

namespace {

ExprPtr build_with(Build& b, Cursor& c) {
  Cursor inner = c.children();
  c.advance();
  return build_expression(b, inner);
}

Exception build_exception(Build& b, Cursor& c) {
  Exception e;
  e.span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  while (inner.is(Node::name)) e.names.push_back(build_name(b, inner));
  if (inner.is(Node::with)) e.with = build_with(b, inner);
  if (inner.is(Node::window)) e.window = build_window(b, inner);
  return e;
}

// `before ANCHOR` after a period.
void build_side(Build& b, Cursor& c, Side& side, std::optional<Anchor>& anchor) {
  if (!c.is(Node::word)) return;
  side = crit::side(b.text(c.take())).value_or(Side::before);
  anchor = build_anchor(b, c);
}

ExprPtr build_stable(Build& b, Name name, Cursor c, Span span) {
  Stable s{std::move(name), std::nullopt, {}, std::nullopt};
  Side side = Side::before;
  if (c.is(Node::number)) s.percent = build_number(b, c);
  s.duration = build_duration(b, c);
  build_side(b, c, side, s.anchor);
  return make_expr(std::move(s), span);
}

}  // namespace

PlainDuration build_plain_duration(Build& b, Cursor& c) {
  PlainDuration d;
  d.span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  d.count = build_number(b, inner);
  d.unit = duration_unit(b.text(inner.take())).value_or(DurationUnit::days);
  const bool is_counted_whole =
      d.unit == DurationUnit::days || d.unit == DurationUnit::weeks || d.unit == DurationUnit::months;
  // The mend of the comma alone would be refused next.
  if (d.count.told && is_counted_whole && d.count.digits.find('.') != std::string::npos) {
    b.out.back().help = "write whole days, weeks, months or years: the calendar has no parts of them";
    b.out.back().fix.reset();
  }
  return d;
}

Duration build_duration(Build& b, Cursor& c) {
  Duration d;
  d.span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  if (inner.is(Node::word))
    d.kind =
        same_word(b.text(inner.take()), "longer") ? Duration::Kind::longer_of : Duration::Kind::shorter_of;
  while (inner.is(Node::plain_duration)) d.parts.push_back(build_plain_duration(b, inner));
  return d;
}

Anchor build_anchor(Build& b, Cursor& c) {
  Anchor a;
  Cursor inner = c.children();
  c.advance();
  a.span = b.span(inner.node());
  if (inner.is(Node::date)) {
    a.kind = Anchor::Kind::date;
    a.date = build_date(b, inner);
    return a;
  }
  if (inner.is(Node::first_last)) {
    inner = inner.children();
    a.kind = same_word(b.text(inner.take()), "first") ? Anchor::Kind::first : Anchor::Kind::last;
  }
  a.name = build_name(b, inner);
  return a;
}

// Children: the word, then a period, a side and anchors as the kind has them, then blackouts.
WindowPtr build_window(Build& b, Cursor& c) {
  auto w = std::make_unique<Window>();
  w->span = b.span(c.node());
  Cursor inner = c.children();
  c.advance();
  w->kind = window_kind(b.text(inner.take())).value_or(Window::Kind::within);
  bool two_words = w->kind == Window::Kind::starting_within || w->kind == Window::Kind::ending_within;
  if (two_words && inner.is(Node::word)) inner.advance();
  if (inner.is(Node::duration)) w->duration = build_duration(b, inner);
  if (inner.is(Node::word)) build_side(b, inner, w->side, w->anchor);
  if (inner.is(Node::anchor)) w->anchor = build_anchor(b, inner);
  if (inner.is(Node::anchor)) w->until = build_anchor(b, inner);
  while (inner.is(Node::window)) w->blackouts.push_back(std::move(*build_window(b, inner)));
  return w;
}

// Children: `no` or nothing, the name, then `stable ...`, or with, window and exceptions.
ExprPtr build_records(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Records r;
  Cursor inner = c.children();
  c.advance();
  if (inner.is(Node::word)) {
    r.count = Records::Count::no;
    inner.advance();
  }
  r.name = build_name(b, inner);
  if (inner.is(Node::stable)) {
    ExprPtr stable = build_stable(b, std::move(r.name), inner.children(), span);
    if (r.count == Records::Count::no) {
      b.report("syntax", span, "`no` before `stable`", "write `not NAME stable for ...`");
      return make_expr(Broken{}, span);
    }
    return stable;
  }
  if (inner.is(Node::with)) r.with = build_with(b, inner);
  if (inner.is(Node::window)) r.window = build_window(b, inner);
  while (inner.is(Node::exception)) r.exceptions.push_back(build_exception(b, inner));
  return make_expr(std::move(r), span);
}

ExprPtr build_dose_of(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  DoseOf d;
  Cursor inner = c.children();
  c.advance();
  d.drug = build_name(b, inner);
  if (inner.is(Node::name)) d.as = build_name(b, inner);
  return make_expr(std::move(d), span);
}

ExprPtr build_limit(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Limit limit{true, std::nullopt};
  Cursor inner = c.children();
  c.advance();
  limit.upper = same_word(b.text(inner.take()), "uln");
  if (inner.is(Node::name)) limit.of = build_name(b, inner);
  return make_expr(std::move(limit), span);
}

ExprPtr build_judgement(Build& b, Cursor& c) {
  Span span = b.span(c.node());
  Judgement j;
  Cursor inner = c.children();
  c.advance();
  if (inner.is(Node::named_judgement)) inner = inner.children();
  if (inner.is(Node::name)) j.name = build_name(b, inner);
  if (!inner.done()) j.text = build_text(b, inner);
  return make_expr(std::move(j), span);
}

}  // namespace crit
