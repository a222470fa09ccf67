// Paths of rule files to trees and Models. A `use` is followed from the file that says it, never out of its
// folder.
#include "interpreter/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "grammar/characters.hpp"
#include "interpreter/input.hpp"
#include "interpreter/known_words.hpp"
#include "interpreter/quantity.hpp"

namespace crit {

namespace {

namespace fs = std::filesystem;

std::string real_path(const std::string& path) {
  std::error_code failed;
  const fs::path real = fs::weakly_canonical(path, failed);
  return failed ? path : real.string();
}

// The file that `use "..."` in the file at `from` means; nothing where it would leave the folder.
std::optional<std::string> used_path(const std::string& from, const std::string& written) {
  const fs::path relative(written);
  if (written.empty() || relative.is_absolute()) return std::nullopt;
  const fs::path parent = fs::path(from).parent_path();
  // The name alone of a file that is not there stays a name alone, which lies in no folder.
  const fs::path folder = parent.empty() ? "." : parent;
  // Links are followed first: one that leads out of the folder is no way out either.
  const fs::path inside =
      fs::path(real_path((folder / relative).string())).lexically_relative(real_path(folder.string()));
  if (inside.empty() || *inside.begin() == "..") return std::nullopt;
  return (parent / relative).string();
}

std::optional<size_t> first_broken_byte(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (text[at] > 0) {  // ASCII, as nearly all is
      ++at;
      continue;
    }
    const Character c = character_at(text, at);
    if (!c.valid || c.code == 0) return at;
    at += c.length;
  }
  return std::nullopt;
}

// Follows every `use` of one trial.
struct Gathering {
  Rules& rules;
  std::vector<UsedFile> used = {};
  std::vector<uint32_t> files = {};  // of `used`
  std::vector<uint32_t> open = {};   // the chain of files from the trial to the one that is read now
  std::vector<Diagnostic> diagnostics = {};
  bool too_many = false;
  bool lacks_a_file = false;

  void follow(uint32_t file, std::optional<Span> trials_use) {
    open.push_back(file);
    for (const Statement& s : rules.parsed[file].trial.statements)
      if (const auto* use = std::get_if<Use>(&s.node))
        follow_use(use->path, trials_use.value_or(use->path.span));
    open.pop_back();
  }

  void follow_use(const Text& written, Span trials_use) {
    const auto path = used_path(rules.sources[written.span.file].name, written.text);
    if (!path) {
      lacks_a_file = true;
      refuse(written.span, "unknown-name",
             fmt::format("`{}` lies outside the folder of this file", written.text),
             "a file uses only what lies beside it or in folders below");
      return;
    }
    std::string problem;
    const auto file = add_file(rules, *path, problem);
    if (!file) {
      lacks_a_file = true;
      refuse(written.span, "unknown-name", fmt::format("`{}` cannot be read: {}", written.text, problem),
             "the path is relative to the file that says `use`");
      return;
    }
    if (const auto from = std::ranges::find(open, *file); from != open.end()) {
      refuse_circle({from, open.end()}, *file, trials_use);
      return;
    }
    if (std::ranges::find(files, *file) != files.end()) return;
    if (files.size() == kMaxUsedFiles) {
      if (!too_many)
        refuse(trials_use, "too-deep", fmt::format("this brings in more than {} files", kMaxUsedFiles), {});
      too_many = true;
      return;
    }
    files.push_back(*file);
    used.push_back({&rules.parsed[*file].trial, trials_use});
    refuse_trial_in(*file, written.span);
    follow(*file, trials_use);
  }

  void refuse(Span span, std::string rule, std::string message, std::string help) {
    diagnostics.push_back(refused(std::move(rule), span, std::move(message), std::move(help)));
  }

  void refuse_circle(const std::vector<uint32_t>& circle, uint32_t back_to, Span trials_use) {
    std::string chain;
    for (uint32_t file : circle) chain += fmt::format("{} uses ", rules.sources[file].name);
    refuse(trials_use, "circular-definition",
           fmt::format("a circle of files: {}{}", chain, rules.sources[back_to].name),
           "move what both need into a file that uses neither");
  }

  // A file that is used brings declarations; a trial of its own there is a mistake, told at its first
  // statement.
  void refuse_trial_in(uint32_t file, Span use) {
    for (const Statement& s : rules.parsed[file].trial.statements) {
      const bool trial = std::holds_alternative<TrialStatement>(s.node);
      if (!trial && !std::holds_alternative<Criterion>(s.node)) continue;
      Diagnostic d = refused(
          "syntax", s.head,
          fmt::format("{} in a file that another one uses", trial ? "a `trial`" : "a criterion"),
          "a used file holds declarations, definitions and ranges: move them into a file of their own");
      d.notes.push_back({use, "used here"});
      diagnostics.push_back(std::move(d));
      return;
    }
  }
};

uint32_t add_source(Rules& rules, Source source) {
  source.id = static_cast<uint32_t>(rules.sources.size());
  rules.sources.push_back(std::move(source));
  rules.shown.push_back(&rules.sources.back());
  return rules.shown.back()->id;
}

uint32_t add_parsed(Rules& rules, Source source, const std::string& real) {
  const uint32_t id = add_source(rules, std::move(source));
  rules.parsed.push_back(parse_checked_text(rules.sources.back()));
  rules.by_path.emplace(real, id);
  return id;
}

void append(std::vector<Diagnostic>& to, const std::vector<Diagnostic>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

// `pregnant => lactating`: between what is not compared `=>` was meant to say what follows, and no `>=`.
void tell_arrow_once(std::vector<Diagnostic>& found) {
  const auto is_arrow = [](const Diagnostic& d) { return d.message.starts_with("`=>` is not how"); };
  for (Diagnostic& d : found) {
    if (d.rule != "type-mismatch") continue;
    const auto is_inside = [&](const Diagnostic& arrow) {
      return is_arrow(arrow) && arrow.span.file == d.span.file && arrow.span.begin >= d.span.begin &&
             arrow.span.end <= d.span.end;
    };
    if (std::ranges::none_of(found, is_inside)) continue;
    d.help = "what follows from what is written `if A then B`";
    for (Diagnostic& arrow : found)
      if (is_inside(arrow)) arrow.message.clear();
  }
  std::erase_if(found, [](const Diagnostic& d) { return d.message.empty(); });
}

}  // namespace

std::optional<Source> read_source(const std::string& path, std::string& problem) {
  auto input = Input::open(path, problem);
  if (!input) return std::nullopt;
  const auto text = input->rest(kMaxSourceBytes);
  if (!text || !input->problem().empty()) {
    problem = text ? input->problem() : fmt::format("it is larger than {} MiB", kMaxSourceBytes >> 20);
    return std::nullopt;
  }
  return Source{input->name(), std::string(*text), 0};
}

std::optional<Diagnostic> refuse_no_text(const Source& source) {
  if (has_returns_alone(source.text)) {
    const auto end = static_cast<uint32_t>(source.text.find('\r'));
    return refused("syntax", {end, end + 1, source.id}, std::string(kReturnsAlone), "");
  }
  const auto broken = first_broken_byte(source.text);
  if (!broken) return std::nullopt;
  const auto at = static_cast<uint32_t>(*broken);
  return refused("syntax", {at, at + 1, source.id}, "this is no UTF-8 text",
                 "save the file as plain text in UTF-8");
}

Parsed parse_checked_text(const Source& source) {
  auto broken = refuse_no_text(source);
  if (!broken) return parse(source);
  Parsed parsed;
  parsed.trial.file = source.id;
  parsed.diagnostics.push_back(std::move(*broken));
  return parsed;
}

std::optional<uint32_t> add_file(Rules& rules, const std::string& path, std::string& problem) {
  const std::string real = path == "-" ? path : real_path(path);
  if (const auto known = rules.by_path.find(real); known != rules.by_path.end()) return known->second;
  auto source = read_source(path, problem);
  if (!source) return std::nullopt;
  return add_parsed(rules, std::move(*source), real);
}

uint32_t add_text(Rules& rules, const std::string& path, std::string text) {
  return add_parsed(rules, {path, std::move(text), 0}, real_path(path));
}

std::vector<Diagnostic> check_shape_of(const Rules& rules, uint32_t file) {
  const Parsed& parsed = rules.parsed[file];
  const bool is_text = parsed.diagnostics.empty() || !parsed.trial.statements.empty();
  return is_text ? check_shape(parsed.trial) : std::vector<Diagnostic>{};
}

LoadedTrial load_tree(Rules& rules, uint32_t file, const Trial& tree, const Text* use) {
  Gathering gathering{rules};
  gathering.follow(file, std::nullopt);
  if (use) gathering.follow_use(*use, use->span);
  Checked checked = check(tree, rules.schema, gathering.used, gathering.lacks_a_file);
  LoadedTrial loaded{file, use, std::move(checked.model), gathering.files, std::move(checked.diagnostics)};
  append(loaded.diagnostics, gathering.diagnostics);
  return loaded;
}

std::optional<LoadedTrial> load(Rules& rules, const std::string& path, std::string& problem, bool library,
                                const Text* use) {
  const auto file = add_file(rules, path, problem);
  if (!file) return std::nullopt;
  const Parsed& parsed = rules.parsed[*file];
  LoadedTrial loaded = load_tree(rules, *file, parsed.trial, use);
  append(loaded.diagnostics, parsed.diagnostics);
  tell_arrow_once(loaded.diagnostics);
  for (uint32_t used : loaded.uses) append(loaded.diagnostics, rules.parsed[used].diagnostics);
  say_by_names(loaded.diagnostics, rules.shown, rules.schema, *loaded.model.scope);
  if (!library) append(loaded.diagnostics, check_shape_of(rules, *file));
  sort_by_place(loaded.diagnostics);
  return loaded;
}

uint32_t add_loose_text(Rules& rules, std::string name, std::string text) {
  const uint32_t id = add_source(rules, {std::move(name), std::move(text), 0});
  rules.parsed.emplace_back();
  return id;
}

}  // namespace crit
