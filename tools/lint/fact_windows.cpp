// The windows of a trial, each with the fact that it belongs to.
#include "tools/lint/fact_windows.hpp"

#include "grammar/walk.hpp"

namespace crit {

namespace {

using Report = std::function<void(const FactWindow&)>;

void tell(const Name* fact, const Window* window, const Report& f) {
  if (window) f({fact, window, window->duration ? &*window->duration : nullptr});
}

// A window after a list or a comparison belongs to every fact inside.
void tell_each(const Expr& inner, const Window* window, const Report& f) {
  bool any = false;
  for_each_expr(inner, [&](const Expr& part) {
    const auto* records = std::get_if<Records>(&part.node);
    if (!records || records->window) return;
    any = true;
    tell(&records->name, window, f);
  });
  if (!any) tell(nullptr, window, f);
}

}  // namespace

void for_each_window(const Expr& e, const Report& f) {
  for_each_expr(e, [&](const Expr& part) {
    if (const auto* records = std::get_if<Records>(&part.node)) {
      tell(&records->name, records->window.get(), f);
      for (const Exception& x : records->exceptions)
        tell(x.names.empty() ? nullptr : &x.names.front(), x.window.get(), f);
    }
    if (const auto* selection = std::get_if<Selection>(&part.node);
        selection && selection->window && selection->of)
      tell_each(*selection->of, selection->window.get(), f);
    if (const auto* dose = std::get_if<DoseOf>(&part.node)) tell(&dose->drug, dose->window.get(), f);
    if (const auto* windowed = std::get_if<Windowed>(&part.node);
        windowed && windowed->window && windowed->inner)
      tell_each(*windowed->inner, windowed->window.get(), f);
    if (const auto* stable = std::get_if<Stable>(&part.node)) f({&stable->name, nullptr, &stable->duration});
  });
}

}  // namespace crit
