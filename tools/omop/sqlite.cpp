// SQLite by its C library. The file is opened to be read, and nothing that it holds can change that.
#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <vector>

#include "interpreter/intake.hpp"
#include "tools/omop/database.hpp"
#include "tools/shared_library.hpp"

namespace crit {

namespace {

// In front of the functions that the header declares: those would have SQLite loaded at every start.
// A declared name has no parentheses. NOLINTNEXTLINE(bugprone-macro-parentheses)
#define CRIT_FUNCTION(name) decltype(&::name) name = nullptr;
#include "tools/omop/sqlite.def"
#undef CRIT_FUNCTION

std::string load_sqlite() {
  SharedLibrary library(CRIT_SQLITE);
#define CRIT_FUNCTION(name) library.find(name, #name);
#include "tools/omop/sqlite.def"
#undef CRIT_FUNCTION
  return library.problem().empty() ? "" : cannot_be_loaded(CRIT_SQLITE, library, "libsqlite3-0");
}

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct EndStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, EndStatement>;

class Sqlite final : public Database {
 public:
  explicit Sqlite(const std::string& path) : path_(path) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) throw DatabaseError("there is no such file");
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    db_.reset(opened);
    if (status != SQLITE_OK) fail();
    sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, static_cast<int>(kMaxPatientBytes));
    constexpr int kPatience = 5000;  // milliseconds, for one who writes
    sqlite3_busy_timeout(opened, kPatience);
    has_table({}, "person");  // reads the file's head
  }

  Dialect dialect() const override { return Dialect::sqlite; }
  std::string name() const override { return "sqlite:" + path_; }

  bool has_table(std::string_view, std::string_view table) override {
    SqlText sql;
    sql.add("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND LOWER(name) = ");
    sql.add_raw(sql.value(table));
    bool found = false;
    query(sql, [&](std::span<const std::string_view>) { return !(found = true); });
    return found;
  }

  void query(const SqlText& sql, const EachRow& each) override {
    sqlite3_stmt* made = nullptr;
    const int prepared =
        sqlite3_prepare_v2(db_.get(), sql.text.data(), static_cast<int>(sql.text.size()), &made, nullptr);
    const Statement statement(made);
    if (prepared != SQLITE_OK) fail();
    for (size_t i = 0; i < sql.parameters.size(); ++i) {
      const std::string& p = sql.parameters[i];
      if (sqlite3_bind_text(made, static_cast<int>(i + 1), p.data(), static_cast<int>(p.size()),
                            SQLITE_STATIC))
        fail();
    }
    std::vector<std::string_view> cells(static_cast<size_t>(sqlite3_column_count(made)));
    for (;;) {
      const int status = sqlite3_step(made);
      if (status == SQLITE_DONE) return;
      if (status != SQLITE_ROW) fail();
      for (size_t i = 0; i < cells.size(); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(made, static_cast<int>(i)));
        cells[i] = text ? std::string_view(
                              text, static_cast<size_t>(sqlite3_column_bytes(made, static_cast<int>(i))))
                        : std::string_view();
      }
      if (!each(cells)) return;
    }
  }

 private:
  [[noreturn]] void fail() const { throw DatabaseError(sqlite3_errmsg(db_.get())); }

  std::string path_;
  std::unique_ptr<sqlite3, CloseDatabase> db_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path) {
  static const std::string problem = load_sqlite();
  if (!problem.empty()) throw DatabaseError(problem);
  return std::make_unique<Sqlite>(path);
}

}  // namespace crit
