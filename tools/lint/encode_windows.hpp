// Two windows to whether everything that is in the first is in the second, whatever the patient's dates are.
// What cannot be said without the dates is no.
#pragma once

#include "interpreter/model.hpp"

namespace crit {

// A record that is in `inner` is in `outer` too.
bool lies_inside(const Model&, WindowId inner, WindowId outer);

// The latest result of `inner` is the latest of `outer` too, where `inner` has one: both look back from one
// day.
bool ends_alike(const Model&, WindowId inner, WindowId outer);

// Something that lasts unbroken up to the anchor's day is in the window.
bool holds_ongoing(const Model&, const AnchorSpec&, WindowId);

// A time that lasts as long as `shorter`, or longer, always holds it.
bool at_most(const DurationSpec& shorter, const DurationSpec& longer);

bool same(const AnchorSpec&, const AnchorSpec&);

}  // namespace crit
