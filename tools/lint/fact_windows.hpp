// The windows of a trial, each with the fact that it belongs to.
#pragma once

#include <functional>

#include "tools/lint/criteria.hpp"

namespace crit {

struct FactWindow {
  const Name* fact = nullptr;      // null: none is named inside
  const Window* window = nullptr;  // null: of a `stable for`, which has a duration alone
  const Duration* duration = nullptr;
};

void for_each_window(const Expr&, const std::function<void(const FactWindow&)>& f);

}  // namespace crit
