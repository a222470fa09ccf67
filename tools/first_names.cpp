// Other names of facts to their first names, in a rule file's text, which is then read again.
#include "tools/first_names.hpp"

#include <algorithm>
#include <iterator>

namespace crit {

Parsed with_first_names(const Source& source, const Model& model) {
  std::vector<OtherName> names;
  std::ranges::copy_if(model.other_names, std::back_inserter(names),
                       [&](const OtherName& name) { return name.span.file == source.id; });
  std::ranges::sort(names, {}, [](const OtherName& name) { return name.span.begin; });
  std::string text;
  size_t done = 0;
  for (const OtherName& name : names) {
    if (name.span.begin < done) continue;  // a rule that was checked twice
    text.append(source.text, done, name.span.begin - done);
    text += model.fact(name.fact).name;
    done = name.span.end;
  }
  text.append(source.text, done);
  return parse({source.name, std::move(text), source.id});
}

}  // namespace crit
