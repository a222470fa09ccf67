// Threads around one queue. The caller's thread reads, writes and keeps the order; the members evaluate.
#include "tools/eval_team.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tools/trials.hpp"

namespace crit {

namespace {

// A piece on its way.
struct Job {
  const PatientPieces* pieces = nullptr;
  Piece piece;
  uint8_t complete = 0;  // of its patients

  std::vector<IdHash> ids;  // of its patients, in order
  std::string out, err;
  StrayNames strays;
  Counts counts;
  bool faulty = false;
  std::string failure;
  bool done = false;
};

// What is said goes into the job, not to the terminal.
Console kept(const Console& console) {
  Console made;
  made.width = console.width;
  made.out.colour = console.out.colour;
  made.err.colour = console.err.colour;
  return made;
}

// `use` points into the settings' text, which is the first source of the run.
std::vector<LoadedTrial> loaded(Rules& rules, const EvalCommand& command, const PatientSources& sources) {
  std::vector<LoadedTrial> trials;
  if (sources.source) add_loose_text(rules, sources.settings_file, {});
  for (const std::string& path : command.files) {
    if (!is_rule_file(path)) continue;
    std::string problem;
    auto trial = load(rules, path, problem, false, sources.use());
    if (!trial || has_error(trial->diagnostics))
      throw std::runtime_error(path + " changed while it was used");
    trials.push_back(std::move(*trial));
  }
  return trials;
}

// All that one thread needs.
struct Member {
  Console console;
  Rules rules;
  std::vector<LoadedTrial> trials;
  Evaluating evaluating;
  Intake intake;

  Member(const EvalCommand& command, const Console& outer, const PatientSources& sources,
         std::optional<When> screening)
      : console(kept(outer)),
        trials(loaded(rules, command, sources)),
        evaluating(command, console, trials),
        intake(rules.schema) {
    intake.screening = screening;
    begin_run(intake, sources, 0);
    intake.each = [this](Patient&) {
      evaluating.answer(intake.patient);
      return true;
    };
    intake.broken = [this](const Fault& fault) { evaluating.tell_nameless(fault); };
  }

  // `is_new`: whether a patient's identifier is the first of its kind; asked of all in order.
  void run(Job& job, std::function<bool(const IdHash&)> is_new) {
    console.out.text.clear();
    console.err.text.clear();
    evaluating.counts = {};
    evaluating.faulty = false;
    evaluating.first = false;
    evaluating.strays = {};
    intake.is_new = std::move(is_new);
    intake.complete = job.complete;
    job.pieces->read(intake, job.piece);
    evaluating.finish();
    job.out.swap(console.out.text);
    job.err.swap(console.err.text);
    job.counts = evaluating.counts;
    std::swap(job.strays, evaluating.strays);
    job.faulty = evaluating.faulty;
  }
};

}  // namespace

struct EvalTeam::Team {
  const EvalCommand& command;
  const Console& console;
  const PatientSources& sources;
  const std::optional<When> screening;

  std::mutex mutex = {};
  std::condition_variable something_to_do = {}, something_done = {};
  std::deque<Job*> waiting = {};
  bool over = false;
  std::deque<Job> jobs = {};  // in the order of the file, from the front; those behind `under_way` are free
  size_t under_way = 0;
  std::optional<Member> again = {};  // who answers once more for a piece with patients that came before
  std::vector<std::thread> threads = {};

  void work() {
    std::optional<Member> member;
    for (;;) {
      Job* job = nullptr;
      {
        std::unique_lock lock(mutex);
        something_to_do.wait(lock, [&] { return over || !waiting.empty(); });
        if (waiting.empty()) return;
        job = waiting.front();
        waiting.pop_front();
      }
      try {
        if (!member) member.emplace(command, console, sources, screening);
        member->run(*job, [&](const IdHash& id) {
          job->ids.push_back(id);
          return true;
        });
      } catch (const std::exception& e) {
        job->failure = e.what();
      }
      const std::lock_guard lock(mutex);
      job->done = true;
      something_done.notify_one();
    }
  }

  void give(const PatientPieces& pieces, Piece& piece, uint8_t complete) {
    if (under_way == jobs.size()) jobs.emplace_back();
    Job& job = jobs[under_way++];
    job.pieces = &pieces;
    job.complete = complete;
    std::swap(job.piece, piece);
    job.ids.clear();
    job.done = false;
    const std::lock_guard lock(mutex);
    waiting.push_back(&job);
    something_to_do.notify_one();
  }

  Job& wait_for(size_t number) {
    Job& job = jobs[number];
    std::unique_lock lock(mutex);
    something_done.wait(lock, [&] { return job.done; });
    return job;
  }

  // Patients that came before get no answer: the piece is answered again, knowing them.
  void take_out_doubles(Job& job, SeenIds& seen) {
    std::vector<bool> is_new(job.ids.size());
    bool all = true;
    for (size_t i = 0; i < job.ids.size(); ++i) all &= is_new[i] = seen.insert(job.ids[i]);
    if (all) return;
    if (!again) again.emplace(command, console, sources, screening);
    again->run(job, [&, next = size_t{0}](const IdHash&) mutable { return bool{is_new[next++]}; });
  }

  void write_first(SeenIds& seen, Evaluating& into, Console& out) {
    Job& job = wait_for(0);
    if (!job.failure.empty()) throw std::runtime_error(job.failure);
    take_out_doubles(job, seen);
    into.append(job.out);
    into.counts.add(job.counts);
    into.strays.add(job.strays);
    into.faulty |= job.faulty;
    if (!job.err.empty()) complain(out, job.err);
    jobs.push_back(std::move(jobs.front()));
    jobs.pop_front();
    --under_way;
  }

  // Nobody reads of the file any more.
  void let_go() {
    for (; under_way > 0; --under_way) wait_for(under_way - 1);
  }

  void end() {
    {
      const std::lock_guard lock(mutex);
      over = true;
      waiting.clear();
    }
    something_to_do.notify_all();
    for (std::thread& thread : threads) thread.join();
  }
};

EvalTeam::EvalTeam(const EvalCommand& command, const Console& console, const PatientSources& sources,
                   std::optional<When> screening, unsigned threads)
    : team_(new Team{command, console, sources, screening}) {
  for (unsigned i = 0; i < threads; ++i) team_->threads.emplace_back([this] { team_->work(); });
}

EvalTeam::~EvalTeam() {
  team_->end();
}

void EvalTeam::evaluate(PatientPieces& pieces, Piece first, Piece second, Intake& intake, Evaluating& into,
                        Console& console, const std::function<bool()>& go_on) {
  Team& team = *team_;
  const struct LetGo {
    Team& team;
    ~LetGo() { team.let_go(); }
  } at_end{team};
  const size_t most = 2 * team.threads.size();
  team.give(pieces, first, intake.complete);
  bool more = true, stopped = false;
  while (!stopped && (more || team.under_way > 0)) {
    if (more) {
      team.give(pieces, second, intake.complete);
      more = pieces.next(kPieceBytes, second);
    }
    if (team.under_way >= most || !more) {
      team.write_first(intake.seen, into, console);
      stopped = !go_on();
    }
  }
  // Of an interrupted run what has been read is answered.
  while (team.under_way > 0 && !console.out.failed) team.write_first(intake.seen, into, console);
}

}  // namespace crit
