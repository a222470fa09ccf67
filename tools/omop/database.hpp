// A database that is only read: whether it has a table, and the rows of a query, one after the other.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tools/omop/dialect.hpp"

namespace crit {

// What is wrong, in words that have nothing of a patient and no password.
struct DatabaseError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Database {
 public:
  // The cells are there until it returns; NULL is an empty text. False: stop.
  using EachRow = std::function<bool(std::span<const std::string_view>)>;

  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;
  virtual std::string name() const = 0;  // for messages
  virtual bool has_table(std::string_view schema, std::string_view table) = 0;
  // All of them throw DatabaseError.
  virtual void query(const SqlText&, const EachRow&) = 0;
};

// `sqlite:FILE` or `postgresql://...`.
std::unique_ptr<Database> open_database(const std::string& url);
std::unique_ptr<Database> open_sqlite(const std::string& path);
std::unique_ptr<Database> open_postgresql(const std::string& url);

}  // namespace crit
