// A patient's JSON as programs write it to the patient, by guessing what comes next: the names in the order
// of the patient before, ASCII, no escapes. Nearly every patient of a large file is such a text, and is read
// in half of the time; any other one, and whatever is wrong, is left to read_json_patient, which begins
// again. Where this gives true, that would have read the same (tests/read_plain_json_test.cpp holds it to
// that).
#include "interpreter/plain_json_record.hpp"

namespace crit {

namespace {

// The keys of JsonReading::top_keys that nearly all patients have, and in this order.
constexpr uint32_t kIdentifier = top_key(PatientPart::patient),
                   kHead = top_key(PatientPart::screening) | top_key(PatientPart::complete) | top_key({});

struct Plain : PlainJsonRecord {
  using PlainJsonRecord::PlainJsonRecord;

  // --- the facts
  // ---------------------------------------------------------------------------------------------

  // `: false` behind the name of what lasts, as half of the facts of a patient are.
  bool denial(NamedFact& name, const char* key) {
    const size_t bytes = name.lasts ? bytes_of_denial(at) : 0;
    if (bytes == 0) return false;
    deny(r.in, name);
    at += bytes;
    if (name.begins.bytes() <= ShortText::kMostBytes) return true;  // it is known
    const size_t blanks = at[1] == ' ' ? 1 : 0, next = 2 + blanks;  // the comma, the blank, the quote
    const std::string_view text(key, static_cast<size_t>(at - key) + next);
    if (text.size() <= ShortText::kMostBytes && text.back() == '"') name.begins = ShortText(text);
    return true;
  }

  // The same where the whole of it, up to the next key, stands there as it did for another patient.
  bool denial_as_before() {
    NamedFact* const guess = r.last->next;
    if (!guess || !guess->lasts || !guess->begins.is_at(at) || guess->patient == r.in.number) return false;
    guess->patient = r.in.number;
    deny(r.in, *guess);
    at += guess->begins.bytes();
    r.last = guess;
    return true;
  }

  // A record of the first shape of its name, where it begins as one did for another patient: its key and the
  // stretch up to its first value are compared together.
  bool record_as_before() {
    NamedFact* const guess = r.last->next;
    if (!guess || !guess->shapes || guess->patient == r.in.number) return false;
    const JsonShape& shape = guess->shapes->all.front();
    const char* const begin = at;
    if (!pass(shape.lead)) return false;
    if (!has_rest(shape, r.parser.raw) || !add_plainly(*r.in.patient, shape.form, r.parser.raw)) {
      at = begin;
      return false;
    }
    guess->patient = r.in.number;
    r.last = guess;
    return true;
  }

  // Not of signed answers, which are known by the whole of their text, nor of any of which the shape says yes
  // or no.
  void note_lead(NamedFact& name, std::string_view key_and_colon) {
    if (!name.lasts && name.begins.bytes() > ShortText::kMostBytes) name.begins = ShortText(key_and_colon);
    if (!name.shapes) return;
    JsonShape& shape = name.shapes->all.front();
    const bool is_usable = shape.form.of != PlainForm::Of::nothing && shape.form.of != PlainForm::Of::answer;
    if (!shape.has_noted_lead && is_usable) shape.note_lead(key_and_colon);
  }

  // The key and its colon, where they stand there as they did for another patient; null: they do not.
  NamedFact* key_as_before() {
    NamedFact* const guess = r.last->next;
    if (!guess || guess->lasts || !guess->begins.is_at(at) || guess->patient == r.in.number) return nullptr;
    guess->patient = r.in.number;
    at += guess->begins.bytes();
    return r.last = guess;
  }

  // Any other key; null where there is none, or where it is here twice.
  NamedFact* any_key() {
    NamedFact* name = guessed_name(r, at);
    if (name) {
      at += name->name.size() + 1;
    } else {
      std::string_view key;
      if (!text(key)) return nullptr;
      name = &name_of_key(r, key);
    }
    if (name->patient == r.in.number) return nullptr;
    name->patient = r.in.number;
    return name;
  }

  bool fact() {
    const char* const begin = at;
    NamedFact* name = key_as_before();
    if (name && name->shapes && answer_as_before(name->shapes->all.front())) return true;
    if (!name) {
      name = any_key();
      if (!name) return false;
      if (denial(*name, begin)) return true;
      if (!pass_colon()) return false;
    }
    if (at >= end) return false;
    place.name = name->name;
    place.index = -1;
    const std::string_view key_and_colon(begin, static_cast<size_t>(at - begin));
    if (!pass('[')) {
      if (!one(*name)) return false;
      note_lead(*name, key_and_colon);
      return true;
    }
    return list(*name);
  }

  bool list(NamedFact& name) {
    pass_blanks();
    for (bool more = !pass(']'); more;) {
      ++place.index;
      if (!one(name) || !pass_separator(']', more)) return false;
    }
    return true;
  }

  bool facts() {
    if (!pass('{')) return false;
    r.last = &r.parser.first;
    bool more = true;
    if (!pass_to_first_key(more)) return false;
    while (more)
      if (!denial_as_before() && ((!record_as_before() && !fact()) || !pass_to_key(more))) return false;
    return true;
  }

  // --- the parts beside the facts
  // ---------------------------------------------------------------------------

  bool part(PatientPart part) {
    Cell found;
    if (!cell(found)) return false;
    set_part_of(r, part, found);
    return true;
  }

  bool complete() {
    if (!pass('[')) return part(PatientPart::complete);
    pass_blanks();
    for (bool more = !pass(']'); more;)
      if (!part(PatientPart::complete) || !pass_separator(']', more)) return false;
    return true;
  }

  // The day of screening, what is complete, and the key of the facts, where they are those of the patient
  // before.
  bool head_as_before() {
    const SameParts& head = r.parser.head;
    if (r.top_keys != kIdentifier || !head.set({at, static_cast<size_t>(end - at)}, *r.in.patient))
      return false;
    at += head.bytes();
    r.top_keys |= kHead;
    return true;
  }

  void note_head(const char* begin) {
    const Patient& patient = *r.in.patient;
    if (begin && r.top_keys == (kIdentifier | kHead) && patient.faults.empty() && at <= end)
      r.parser.head.note({begin, static_cast<size_t>(at - begin)}, patient.screening, patient.complete);
  }

  // `head`: where the keys behind the identifier begin; null: they have not.
  bool top(const char*& head) {
    if (head_as_before()) return facts();
    if (r.top_keys == kIdentifier) head = at;
    std::string_view key;
    if (!text(key) || !pass_colon()) return false;
    const auto known = patient_part_named(key);
    if ((!known && key != kFactsKey) || !take_top_key(r, known)) return false;
    if (known) return *known == PatientPart::complete ? complete() : part(*known);
    note_head(head);
    return facts();
  }

  bool patient() {
    pass_blanks();
    bool more = true;
    if (!pass('{') || !pass_to_first_key(more)) return false;
    const char* head = nullptr;
    while (more)
      if (!top(head) || !pass_to_key(more)) return false;
    pass_blanks();
    return at == end;
  }
};

}  // namespace

bool read_plain_patient(JsonReading& r, std::string_view text) {
  return Plain(r, text).patient();
}

}  // namespace crit
