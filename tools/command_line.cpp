// The command line by CLI11: every command with its options and the help that a newcomer reads.
#include "tools/command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <span>
#include <thread>

#include "interpreter/fact.hpp"
#include "tools/cli_words.hpp"
#include "tools/help_text.hpp"

namespace crit {

namespace {

constexpr unsigned kMostThreads = 256;

// `chosen`: an Enum or an optional one.
template <typename Enum, typename Chosen>
CLI::Option& add_word(CLI::App& app, const std::string& name, Chosen& chosen,
                      std::span<const std::string_view> words, const std::string& about) {
  const std::vector<std::string> allowed(words.begin(), words.end());
  return *app.add_option_function<std::string>(
                 name,
                 [&chosen, words](const std::string& word) {
                   chosen = static_cast<Enum>(std::ranges::find(words, word) - words.begin());
                 },
                 about)
              ->check(CLI::IsMember(allowed))
              ->type_name("");
}

template <typename Enum>
void add_choice(CLI::App& app, const std::string& name, Enum& chosen, std::span<const std::string_view> words,
                const std::string& about) {
  add_word<Enum>(app, name, chosen, words, about)
      .default_str(std::string(words[static_cast<size_t>(chosen)]));
}

// `--select RULE,RULE`, which may come again and never takes the file that follows.
void add_names(CLI::App& app, const std::string& name, std::vector<std::string>& names,
               const std::string& about) {
  app.add_option(name, names, about)->delimiter(',')->type_name("RULE,GROUP")->allow_extra_args(false);
}

// `--fix` and `--fix=suggested`: a flag, so that the file that follows it is no value. CLI11 gives the word
// "true" to a flag without one.
void add_fix(CLI::App& app, std::string& word) {
  app.add_flag("--fix", word,
               "Mend in place what has a safe mend; =suggested asks for each of the others too")
      ->check([](const std::string& given) {
        const bool known = given == "true" || given == "suggested";
        return known ? std::string() : "`" + given + "` is no way to mend; write --fix or --fix=suggested";
      })
      ->option_text("[=suggested]");
}

Fixing fixing(const std::string& word) {
  return word.empty() ? Fixing::none : word == "suggested" ? Fixing::suggested : Fixing::safe;
}

// Names with commas between: a file's name may come behind them.
void add_parts(CLI::App& app, const std::string& name, std::vector<std::string>& parts,
               const std::string& about) {
  app.add_option_function<std::string>(
         name,
         [&parts, name](const std::string& words) {
           for (size_t at = 0; at <= words.size();) {
             const size_t end = std::min(words.find(',', at), words.size());
             const std::string word = words.substr(at, end - at);
             if (!part_named(word))
               throw CLI::ValidationError(
                   name, fmt::format("what can be complete: conditions, drugs, events; not `{}`", word));
             if (std::ranges::find(parts, word) == parts.end()) parts.push_back(word);
             at = end + 1;
           }
         },
         about)
      ->type_name("PART,...");
}

void add_complete(CLI::App& app, std::vector<std::string>& parts) {
  add_parts(app, "--complete", parts,
            "No record means no, of these parts of the record: conditions, drugs, events");
}

// The commands that the command line may ask for, each filled in by its own words.
struct Commands {
  EvalCommand eval;
  ExtractCommand extract;
  CohortCommand cohort;
  LintCommand lint;
  std::string fix;  // of `lint`
  FmtCommand fmt;
  TestCommand test;
  FactsCommand facts;
  RulesCommand rules;
  DumpCommand dump;
};

void add_database(CLI::App& app, std::string& url, std::string& schema, std::string words) {
  CLI::Option* const database = app.add_option("--omop", url, std::move(words))->type_name("URL");
  app.add_option("--omop-schema", schema, "The schema of its tables")->type_name("NAME")->needs(database);
}

void add_eval(CLI::App& eval, Commands& c) {
  eval.add_option("FILE", c.eval.files, "Trials (.crit) and patients")->required();
  add_choice(eval, "--format", c.eval.format, kEvalFormats, "How the answers are written");
  eval.add_option("--screening", c.eval.screening, "The screening date of patients that have none")
      ->type_name("DATE");
  add_complete(eval, c.eval.complete);
  c.eval.threads = std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads);
  eval.add_option("--threads", c.eval.threads, "How many threads evaluate; the answers are the same")
      ->type_name("N")
      ->check(number_from(1, kMostThreads))
      ->default_str("all processors");

  add_database(eval, c.eval.omop, c.eval.omop_schema,
               "Patients of a database in the OMOP common data model 5.4");
}

void add_extract(CLI::App& extract, Commands& c) {
  extract.add_option("FILE", c.extract.files, "Trials (.crit)")->required();
  add_choice(extract, "--dialect", c.extract.dialect, kDialects, "The engine that will run it");
  extract.add_option("--omop-schema", c.extract.schema, "The schema of the tables")->type_name("NAME");
  extract.add_option("--screening", c.extract.screening, "Leave out what cannot matter on this day")
      ->type_name("DATE");
}

void add_cohort(CLI::App& cohort, Commands& c) {
  cohort.add_option("FILE", c.cohort.files, "Trials (.crit) and patients")->required();
  add_choice(cohort, "--format", c.cohort.format, kCohortFormats, "How the counts are written");
  cohort.add_option("--screening", c.cohort.screening, "The screening date of patients that have none")
      ->type_name("DATE");
  add_complete(cohort, c.cohort.complete);
  cohort
      .add_option("--without", c.cohort.without,
                  "Count also without this criterion; again for each of several")
      ->type_name("ID")
      ->allow_extra_args(false);
  cohort.add_option("--with", c.cohort.with, "Count also with this condition in the criterion's place")
      ->type_name("\"ID: CONDITION\"")
      ->allow_extra_args(false);
  cohort.add_option("--days", c.cohort.days, "How many days are looked ahead; 0: none")
      ->type_name("N")
      ->check(number_from(0, 366))
      ->default_str(std::to_string(kDaysAhead));
}

void add_lint(CLI::App& lint, Commands& c) {
  lint.add_option("FILE", c.lint.files, "Rule files or folders")->required();
  add_choice(lint, "--format", c.lint.format, kLintFormats, "How the findings are written");
  add_word<Severity>(lint, "--severity", c.lint.severity, kSeverities,
                     "The least severity that is shown; otherwise as crit.toml says, or warning");
  add_names(lint, "--select", c.lint.select,
            "Look for these alone; what stops the evaluation is always told");
  add_names(lint, "--ignore", c.lint.ignore, "Do not look for these");
  add_fix(lint, c.fix);
  lint.add_option("--protocol", c.lint.protocol, "A registry's text or JSON, held against the quotes")
      ->type_name("FILE");
  lint.add_option("--facts", c.lint.facts,
                  "Patients, held against the facts that the rules ask for; again for each of several")
      ->type_name("FILE")
      ->allow_extra_args(false);
  add_database(lint, c.lint.omop, c.lint.omop_schema, "The same with the patients of an OMOP database");
}

void add_fmt(CLI::App& fmt, Commands& c) {
  fmt.add_option("FILE", c.fmt.files, "Rule files or folders, or `-`")->required();
  fmt.add_flag("--check", c.fmt.check, "Change nothing; name the files that would change");
}

void add_test(CLI::App& test, Commands& c) {
  test.add_option("FILE", c.test.files, "Trials, cases or folders")->required();
}

void add_facts(CLI::App& facts, Commands& c) {
  facts.add_option("NAME", c.facts.names, "Names to explain");
  facts.add_option("--unmapped", c.facts.unmapped, "Codes of FHIR files and tables that no name stands for")
      ->type_name("PATIENTS")
      ->expected(0, -1);
  add_database(facts, c.facts.omop, c.facts.omop_schema,
               "The same of the concepts of an OMOP database: --unmapped and --omop, with or without files");
}

void add_rules(CLI::App& rules, Commands& c) {
  rules.add_option("RULE", c.rules.name, "The rule to explain, or a group of them");
}

void add_dump(CLI::App& dump, Commands& c) {
  auto* form = dump.add_option_group("form", "What to show")->require_option(1);
  form->add_flag("--ast")->description("The tree, as written");
  form->add_flag("--model", c.dump.model, "The model, resolved");
  dump.add_option("FILE", c.dump.file, "The rule file")->required();
}

// A command; its options are made when its word has been read, since nobody asks for those of the others.
struct Entry {
  const char* name;
  const char* about;
  std::string_view help;
  void (*add_options)(CLI::App&, Commands&);
  Command (*take)(Commands&);
};

const Entry kEntries[] = {
    {"eval", "Decide patients by the criteria of a trial", kEvalHelp, add_eval,
     [](Commands& all) -> Command { return std::move(all.eval); }},
    {"extract", "Write the SQL that takes out of an OMOP database what trials read", kExtractHelp,
     add_extract, [](Commands& all) -> Command { return std::move(all.extract); }},
    {"cohort", "Count what the criteria of trials make of all patients", kCohortHelp, add_cohort,
     [](Commands& all) -> Command { return std::move(all.cohort); }},
    {"lint", "Say what is wrong in rule files", kLintHelp, add_lint,
     [](Commands& all) -> Command {
       all.lint.fix = fixing(all.fix);
       return std::move(all.lint);
     }},
    {"fmt", "Write rule files in the canonical form", kFmtHelp, add_fmt,
     [](Commands& all) -> Command { return std::move(all.fmt); }},
    {"test", "Run the cases beside a trial", kTestHelp, add_test,
     [](Commands& all) -> Command { return std::move(all.test); }},
    {"facts", "Show the names of the standard vocabulary", kFactsHelp, add_facts,
     [](Commands& all) -> Command { return std::move(all.facts); }},
    {"rules", "Show what `lint` looks for", kRulesHelp, add_rules,
     [](Commands& all) -> Command { return std::move(all.rules); }},
    {"dump", "Show how a rule file is understood", kDumpHelp, add_dump,
     [](Commands& all) -> Command { return std::move(all.dump); }},
};

void add_commands(CLI::App& app, Commands& c) {
  for (const Entry& entry : kEntries) {
    CLI::App& made = *app.add_subcommand(entry.name, entry.about);
    made.preparse_callback([&made, &entry, &c](size_t) {
      made.footer(std::string(entry.help));
      made.set_help_flag("-h,--help", "Print this help and exit");
      entry.add_options(made, c);
    });
  }
}

// `crit help eval` is `crit eval --help`; of a word that is no command it is told as if it stood alone.
std::vector<const char*> words_of(int argc, const char* const* argv) {
  std::vector<const char*> words(argv, argv + argc);
  if (argc < 2 || argc > 3 || std::string_view(argv[1]) != "help") return words;
  words.erase(words.begin() + 1);
  const auto is_asked = [&](const Entry& entry) { return std::string_view(entry.name) == words.back(); };
  if (argc == 2 || std::ranges::any_of(kEntries, is_asked)) words.push_back("--help");
  return words;
}

// What stands where the command should, and which commands there are.
std::string without_command(const std::vector<const char*>& words) {
  std::vector<std::string_view> names;
  for (const Entry& entry : kEntries) names.push_back(entry.name);
  const std::string there = fmt::format("the commands are {}", fmt::join(names, ", "));
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--color")
      ++i;
    else if (!word.starts_with('-'))
      return fmt::format("there is no command `{}`: {}", word, there);
  }
  return "a command is missing: " + there;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  Commands commands;
  CLI::App app{std::string(kIntroduction), "crit"};
  app.formatter(std::make_shared<HelpFormat>());
  app.footer(std::string(kFirstSteps));
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag("--version", "crit " CRIT_VERSION, "Print the version and exit");
  app.require_subcommand(1);
  app.fallthrough();
  add_choice(app, "--color", line.colour, kColourChoices, "Colours on the terminal");
  add_commands(app, commands);
  const std::vector<const char*> words = words_of(argc, argv);
  try {
    app.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::CallForAllHelp&) {
    line.help = app.help("", CLI::AppFormatMode::All);
  } catch (const CLI::CallForHelp&) {
    const auto asked = app.get_subcommands();
    line.help = asked.empty() ? app.help() : asked.front()->help("crit");
  } catch (const CLI::CallForVersion&) {
    line.help = "crit " CRIT_VERSION "\n";
  } catch (const CLI::ParseError& e) {
    const auto asked = app.get_subcommands();
    const bool required = dynamic_cast<const CLI::RequiredError*>(&e) != nullptr;
    line.error = (asked.empty() && required ? without_command(words) : words_of(e)) +
                 std::string("; see `crit ") + (asked.empty() ? "" : asked.front()->get_name() + " ") +
                 "--help`";
  }
  if (!line.help.empty() || !line.error.empty()) return line;
  for (const Entry& entry : kEntries)
    if (app.got_subcommand(entry.name)) line.command = entry.take(commands);
  return line;
}

}  // namespace crit
