#include "interpreter/explanation.hpp"
namespace crit {
void tell_compare(Telling&, const Compare&) {}
void tell_result(Telling&, RefId) {}
std::string missing_words(Telling&, RefId) { return {}; }
void tell_normal(Telling&, const IsNormal&) {}
void tell_records(Telling&, const RecordsOf&) {}
void tell_stable(Telling&, const StableDose&) {}
void tell_attribute(Telling&, std::string_view) {}
}  // namespace crit
