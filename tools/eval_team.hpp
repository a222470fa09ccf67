// A file of many patients to their answers by several threads: pieces of it go to whoever is
// free, and what comes back is written in the order of the file, so that nobody can tell how many there were.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "interpreter/patient_pieces.hpp"
#include "tools/evaluating.hpp"
#include "tools/patient_sources.hpp"

namespace crit {

// Of a piece, with what it holds in memory: about 2 MB with its answers.
inline constexpr size_t kPieceBytes = 512u << 10;

class EvalTeam {
 public:
  // `screening`: for patients that have no date. Each member loads the trials for itself and shares nothing.
  EvalTeam(const EvalCommand&, const Console&, const PatientSources&, std::optional<When> screening,
           unsigned threads);
  ~EvalTeam();

  // The patients of the two pieces and of all that come next. The Intake knows the patients of the run so
  // far, and what of the file's is complete. `go_on` is asked before each piece is written; false ends it.
  void evaluate(PatientPieces&, Piece first, Piece second, Intake&, Evaluating& into, Console&,
                const std::function<bool()>& go_on);

 private:
  struct Team;
  std::unique_ptr<Team> team_;
};

}  // namespace crit
