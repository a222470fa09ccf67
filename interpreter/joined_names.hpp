// The names that a patient's answer lists: of facts, and put together of them. Without a copy for each
// answer.
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interpreter/fact.hpp"
#include "interpreter/short_texts.hpp"

namespace crit {

// Of the schema, of the model, or of JoinedNames.
using NameList = std::vector<std::string_view>;

// `prednisone.dose`, `ALT ULN`: each stays as long as these do.
class JoinedNames {
 public:
  std::string_view of(const Fact& fact, char between, std::string_view rest) {
    std::forward_list<std::string>& of_fact = made_[fact.id];
    const size_t middle = fact.name.size();
    for (const std::string_view joined : of_fact)
      if (joined[middle] == between && is_same(joined.substr(middle + 1), rest)) return joined;
    return of_fact.emplace_front(fact.name).append(1, between).append(rest);
  }

 private:
  std::unordered_map<FactId, std::forward_list<std::string>> made_;
};

}  // namespace crit
