// A Model to formulas for the solver: what a patient may be, and when each condition is certainly met or not
// met.
//
// The meaning is the language's, three-valued: a condition is a pair of formulas, met and not met; where
// neither holds it is unknown. A result, answer or date is a variable with another one beside it that says
// whether it is known. Three things are narrower than the language, so that a finding speaks of records as
// they should be: results are exact and dates are days; each record says of which kind it is; and the records
// of conditions, drugs and events are complete. Whatever is not expressed is left free: a free variable
// stands for more patients than there are, so that what is proved impossible is impossible. What was left
// free is listed with the reason.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "interpreter/model.hpp"
#include "tools/lint/z3.hpp"

namespace crit {

struct Certain {
  z3::expr yes, no;  // never both
};

struct Figure {
  z3::expr value, known;
};

// The result, choice or answer that a Ref means, with the limits given with it.
struct ResultVars {
  z3::expr value, known;
  z3::expr upper, upper_known, lower, lower_known;  // reals; used for measures only
};

// What the rules ask about records of a class, but for how many: `asthma with (...) within 3 months except
// ...`. `at_least[n]`: there are so many of them. What `with` asks is asked of one such record, which stands
// for them.
struct RecordVars {
  RecordsOf asked;
  std::map<uint32_t, z3::expr> at_least;
};

// A condition or value that was left free, and why.
struct LeftFree {
  Span span;
  std::string reason;
};

struct Encoding {
  const Model& model;
  z3::context& z;
  std::vector<z3::expr> axioms = {};            // hold for every patient
  std::map<std::string, z3::expr> knowns = {};  // by name: whether a fact is known
  std::set<std::string> asked_known = {};       // a rule asks whether these are
  std::vector<LeftFree> left_free = {};

  std::map<RefId, ResultVars> results = {};
  std::map<FactId, Figure> dates = {};                             // days since 1970-01-01
  std::map<DurationUnit, z3::expr> ages = {};                      // completed, whole numbers
  std::map<std::string, std::pair<DoseValue, Figure>> doses = {};  // in base units
  std::map<std::string, Figure> free_numbers = {};                 // by what they are made of
  std::deque<RecordVars> records = {};                             // the first stands for any record
  std::map<std::string, size_t> words = {};                        // of attributes: each is a number
  std::map<std::pair<uint32_t, ClassId>, z3::expr> of_class =
      {};  // a record's kind, where its class leaves it open
  std::vector<std::pair<StableDose, z3::expr>> stable = {};

  std::map<std::pair<uint32_t, NodeId>, Certain> conditions = {};  // of a record: those already made

  uint32_t record = 0;  // whose attributes are meant: an index into `records`
};

Certain certain_of(Encoding&, NodeId);
Certain link_of(Encoding&, const Compare&, uint32_t link);  // values[link] ops[link] values[link + 1]
Figure figure_of(Encoding&, ValueId);
Figure attribute_of(Encoding&, const std::string& name);  // of the record that is meant
Certain records_of(Encoding&, const RecordsOf&);
Certain stable_dose_of(Encoding&, NodeId, const StableDose&);
const ResultVars& result_of(Encoding&, RefId);

// The axioms between facts: after the last condition, since each speaks of what the conditions name.
void relate(Encoding&);
void relate_records(Encoding&);

// The parts that the files share. One name is one variable.
z3::expr real_named(Encoding&, const std::string&);
z3::expr whole_named(Encoding&, const std::string&);
z3::expr bool_named(Encoding&, const std::string&);
z3::expr known_named(Encoding&, const std::string& fact);
z3::expr literal(Encoding&, const Rational&);
std::string known_name(RefId);
Certain when_known(const z3::expr& known, const z3::expr& met);
Certain free_condition(Encoding&, const std::string& name, Span, std::string reason);
z3::expr all_of(Encoding&, const std::vector<z3::expr>&);
z3::expr any_of(Encoding&, const std::vector<z3::expr>&);

}  // namespace crit
