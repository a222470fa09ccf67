// What the records of a name look like as JSON: their text but for numbers, days and words, so that the next
// record, which mostly differs in these alone, is compared and not parsed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/plain_records.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

struct JsonShape {
  // A stretch that all such records have, and the field that stands behind it: a number, or the rest of a
  // text whose quote the stretch ends with.
  enum class Hole : uint8_t { number, day, text };
  struct Piece {
    ShortText text;
    Field field;
    Hole hole;
  };
  std::string text;  // of the record that it was learned from; empty: none yet
  std::vector<Piece> pieces;
  // The name, its colon and the first stretch, as they stand behind the quote of the key. Nowhere: not noted
  // yet, or too long.
  ShortText lead;
  bool has_noted_lead = false;
  ShortText end;  // the stretch behind the last field
  RawRecord raw;  // with what does not differ: units, yes and no
  PlainForm form;
  SameRecord same;

  // What stood before the record, from its key on.
  void note_lead(std::string_view key_and_colon);
};

// The two shapes of a name that were learned last, as nearly all of its records have.
class JsonShapes {
 public:
  std::array<JsonShape, 2> all;

  // Of a record that had none of the shapes, and what was read in it and added. Only the first, second,
  // fourth, eighth... of them is learned, since where each record looks otherwise there is nothing to learn.
  void note(std::string_view text, const NamedFact&, const RawRecord&);

  // The form of a value that stands for a whole record, of the kind of the one that was noted last.
  PlainForm alone;
  bool has_value_as(const Cell& value) const { return value.kind == kind_ && value.known == known_; }
  void note_value(const NamedFact& name, const RawRecord& raw) {
    kind_ = raw[Field::value].kind;
    known_ = raw[Field::value].known;
    alone = plain_form(name, raw);
  }

 private:
  Cell::Kind kind_ = Cell::Kind::nothing;  // none was noted
  Cell::Known known_ = Cell::Known::nothing;
  uint32_t others_ = 0;
};

}  // namespace crit
