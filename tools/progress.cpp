// Counts to a line that overwrites the one before.
#include "tools/progress.hpp"

#include <fmt/format.h>

#include <cmath>

namespace crit {

namespace {

constexpr auto kBetween = std::chrono::milliseconds(250);

std::string time_words(double seconds) {
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

}  // namespace

Progress::Progress(Console& console)
    : console_(console), wanted_(console.err.terminal && !console.out.terminal) {}

Progress::~Progress() {
  clear_line(console_);
  flush(console_.err);
}

void Progress::show(uint64_t patients, const Input& input) {
  if (!wanted_) return;
  const auto now = Clock::now();
  if (now - last_ < kBetween) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  std::string line =
      fmt::format("{} patients, {:.0f} a second", patients, static_cast<double>(patients) / seconds);
  const double share = input.share_read();
  if (share > 0)
    line += fmt::format(", {} left in {}", time_words(seconds / share * (1 - share)), input.name());
  clear_line(console_);
  console_.err.text += shortened(line, console_.width - 1);
  console_.has_line_to_clear = true;
  flush(console_.err);
}

}  // namespace crit
