// PostgreSQL by libpq: one transaction that can only read, one cursor. While a batch of rows is read here,
// the server makes the next.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <vector>

#include "tools/omop/database.hpp"
#include "tools/shared_library.hpp"

namespace crit {

namespace {

// In front of the functions that the header declares: those would have libpq loaded at every start.
// A declared name has no parentheses. NOLINTNEXTLINE(bugprone-macro-parentheses)
#define CRIT_FUNCTION(name) decltype(&::name) name = nullptr;
#include "tools/omop/libpq.def"
#undef CRIT_FUNCTION

std::string load_libpq() {
  SharedLibrary library(CRIT_LIBPQ);
#define CRIT_FUNCTION(name) library.find(name, #name);
#include "tools/omop/libpq.def"
#undef CRIT_FUNCTION
  return library.problem().empty() ? "" : cannot_be_loaded(CRIT_LIBPQ, library, "libpq5");
}

constexpr int kBatch = 4000;  // rows; a batch and the one behind it are in memory

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

// Where the database is, without who asks and by which password.
std::string shown_name(const std::string& url) {
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(url.c_str(), nullptr));
  std::string host, base;
  for (const PQconninfoOption* o = options.get(); o && o->keyword; ++o) {
    if (!o->val) continue;
    if (std::string_view(o->keyword) == "host") host = o->val;
    if (std::string_view(o->keyword) == "dbname") base = o->val;
  }
  return fmt::format("postgresql://{}/{}", host, base);
}

class Postgresql final : public Database {
 public:
  explicit Postgresql(const std::string& url)
      : name_(shown_name(url)), connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK)
      throw DatabaseError(first_line(PQerrorMessage(connection_.get())));
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // All rows are wanted, not the first ones soon.
    run("SET LOCAL cursor_tuple_fraction = 1.0");
    run("SET LOCAL client_encoding = 'UTF8'");
  }

  Dialect dialect() const override { return Dialect::postgresql; }
  std::string name() const override { return name_; }

  bool has_table(std::string_view schema, std::string_view table) override {
    SqlText sql;
    sql.dialect = Dialect::postgresql;
    sql.schema = schema;
    const std::string quoted = sql.table(table);
    sql.add(fmt::format("SELECT TO_REGCLASS({})", sql.value(quoted)));
    const Result found = run(sql.text, sql.parameters);
    return PQntuples(found.get()) == 1 && !PQgetisnull(found.get(), 0, 0);
  }

  void query(const SqlText& sql, const EachRow& each) override {
    run("DECLARE crit NO SCROLL CURSOR FOR " + sql.text, sql.parameters);
    Result batch = fetch();
    while (PQntuples(batch.get()) > 0) {
      send_fetch();
      const bool go_on = hand_on(batch.get(), each);
      batch = receive();
      if (!go_on) break;
    }
    run("CLOSE crit");
  }

 private:
  static std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
  }

  // A message about a value may show the value, which is somebody's data.
  [[noreturn]] void fail(const PGresult* result) const {
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const char* words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    if (PQstatus(connection_.get()) != CONNECTION_OK)
      throw DatabaseError(words ? fmt::format("the connection was lost: {}", first_line(words))
                                : std::string("the connection was lost"));
    if (state && std::string_view(state).starts_with("22"))
      throw DatabaseError(fmt::format("a value in the database does not fit (SQLSTATE {})", state));
    throw DatabaseError(first_line(words ? words : PQerrorMessage(connection_.get())));
  }

  Result checked(PGresult* given) const {
    Result result(given);
    const ExecStatusType status = PQresultStatus(given);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(given);
    return result;
  }

  Result run(const std::string& sql, const std::vector<std::string>& parameters = {}) {
    constexpr Oid kText = 25;
    std::vector<Oid> types(parameters.size(), kText);
    std::vector<const char*> values;
    for (const std::string& p : parameters) values.push_back(p.c_str());
    return checked(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()), types.data(),
                                values.data(), nullptr, nullptr, 0));
  }

  void send_fetch() {
    static const std::string fetch = fmt::format("FETCH FORWARD {} FROM crit", kBatch);
    if (!PQsendQuery(connection_.get(), fetch.c_str())) fail(nullptr);
  }

  Result receive() {
    Result result = checked(PQgetResult(connection_.get()));
    while (PGresult* more = PQgetResult(connection_.get())) checked(more);
    return result;
  }

  Result fetch() {
    send_fetch();
    return receive();
  }

  bool hand_on(const PGresult* batch, const EachRow& each) {
    cells_.resize(static_cast<size_t>(PQnfields(batch)));
    for (int row = 0; row < PQntuples(batch); ++row) {
      for (int i = 0; i < PQnfields(batch); ++i)
        cells_[static_cast<size_t>(i)] = {PQgetvalue(batch, row, i),
                                          static_cast<size_t>(PQgetlength(batch, row, i))};
      if (!each(cells_)) return false;
    }
    return true;
  }

  std::string name_;
  std::unique_ptr<PGconn, CloseConnection> connection_;
  std::vector<std::string_view> cells_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const std::string& url) {
  static const std::string problem = load_libpq();
  if (!problem.empty()) throw DatabaseError(problem);
  return std::make_unique<Postgresql>(url);
}

}  // namespace crit
