// Other names of facts to their first names, in a rule file's text, which is then read again.
#include "tools/first_names.hpp"

#include <algorithm>
#include <iterator>

namespace crit {

namespace {

// The places in the vocabulary's own formulas are of its texts, which have no number among the files.
bool stands_there(const Source& source, const Model& model, const OtherName& name) {
  const std::vector<std::string>& others = model.fact(name.fact).also;
  return name.span.file == source.id && name.span.end <= source.text.size() &&
         std::ranges::find(others, text_of(source, name.span)) != others.end();
}

}  // namespace

Parsed with_first_names(const Source& source, const Model& model) {
  std::vector<OtherName> names;
  std::ranges::copy_if(model.other_names, std::back_inserter(names),
                       [&](const OtherName& name) { return stands_there(source, model, name); });
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
