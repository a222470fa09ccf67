// A record's text, cut where its values stand.
#include "interpreter/json_shapes.hpp"

#include <algorithm>
#include <bit>

#include "interpreter/input.hpp"

namespace crit {

namespace {

static_assert(ShortText::kMostBytes < kInputPadding);  // which is compared without a look at the end
constexpr size_t kLongestRecord = 512;                 // whose text is kept

bool is_unit(Field field) {
  return field == Field::unit || field == Field::upper_unit || field == Field::lower_unit;
}

// What differs from record to record.
bool varies(Field field, const Cell& cell) {
  return cell.kind == Cell::Kind::number || (cell.kind == Cell::Kind::text && !is_unit(field));
}

// A number or a day must be one that is known on the way.
JsonShape::Hole hole_for(const Cell& cell) {
  if (cell.kind == Cell::Kind::number) return JsonShape::Hole::number;
  return cell.known == Cell::Known::day ? JsonShape::Hole::day : JsonShape::Hole::text;
}

std::vector<Field> fields_in_order(const RawRecord& raw) {
  std::vector<Field> fields;
  for (size_t f = 0; f < kFields; ++f)
    if (raw.has(Field(f))) fields.push_back(Field(f));
  std::ranges::sort(fields, {}, [&](Field f) { return raw[f].text.data(); });
  return fields;
}

// False where it has a stretch that is too long to compare.
bool learn(JsonShape& shape, std::string_view text, const RawRecord& raw) {
  shape.pieces.clear();
  shape.lead = ShortText();
  shape.has_noted_lead = false;
  shape.text = text;
  shape.raw = raw;
  const std::string_view own = shape.text;
  const auto place = [&](const Cell& cell) { return static_cast<size_t>(cell.text.data() - text.data()); };
  size_t from = 0;
  bool fits = true;
  const auto cut = [&](size_t to) {
    const std::string_view stretch = own.substr(from, to - from);
    fits &= stretch.size() <= ShortText::kMostBytes;
    return ShortText(stretch);
  };
  for (const Field field : fields_in_order(raw)) {
    const Cell& cell = raw[field];
    shape.raw.cells[size_t(field)].text = own.substr(place(cell), cell.text.size());
    if (!varies(field, cell)) continue;
    const JsonShape::Hole hole = hole_for(cell);
    shape.pieces.push_back({cut(place(cell)), field, hole});
    from = place(cell) + cell.text.size() + (hole == JsonShape::Hole::number ? 0 : 1);
  }
  shape.end = cut(own.size());
  return fits;
}

}  // namespace

void JsonShape::note_lead(std::string_view key_and_colon) {
  has_noted_lead = true;
  if (pieces.empty()) return;
  const std::string stretch = std::string(key_and_colon) + text.substr(0, pieces.front().text.bytes());
  if (stretch.size() <= ShortText::kMostBytes) lead = ShortText(stretch);
}

void JsonShapes::note(std::string_view text, const NamedFact& name, const RawRecord& raw) {
  ++others_;
  if (!std::has_single_bit(others_) || !raw.attributes.empty() || text.size() > kLongestRecord) return;
  JsonShape& shape = all[static_cast<size_t>(std::countr_zero(others_)) % all.size()];
  if (!learn(shape, text, raw)) shape.text.clear();
  shape.form = plain_form(name, raw);
  shape.same = {};
}

}  // namespace crit
