// Invented patients for NCT06534528, to measure with: bench_patients ndjson|csv COUNT > FILE.
// Patient k is a function of k alone, so that a smaller file is the beginning of a larger one. 3% of each
// fact is missing.
#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

// splitmix64: Steele GL, Lea D, Flood CH, Fast splittable pseudorandom number generators, OOPSLA 2014.
struct Random {
  uint64_t state;

  uint64_t next() {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  uint32_t below(uint32_t n) { return static_cast<uint32_t>(next() >> 32) % n; }
  bool chance(uint32_t in_thousand) { return below(1000) < in_thousand; }
};

// One field of a fact: its column in CSV, its key in JSON. `quoted`: a text in JSON.
struct Cell {
  std::string_view fact, field;
  std::string text;
  bool quoted;
};

// A date so many days before 2025-03-01, in months of 30 days: near enough for invented patients.
std::string date_before(uint32_t days) {
  const uint32_t day = 2025 * 360 + 2 * 30 - days;
  return fmt::format("{:04}-{:02}-{:02}", day / 360, day / 30 % 12 + 1, day % 30 % 28 + 1);
}

struct Making {
  Random random;
  bool all = false;  // everything there: the patient that gives CSV its header
  std::vector<Cell> cells = {};

  bool missing() { return random.chance(30) && !all; }

  void text(std::string_view fact, std::string_view field, std::string value) {
    cells.push_back({fact, field, std::move(value), true});
  }

  void result(std::string_view fact, std::string_view unit, uint32_t low, uint32_t high,
              uint32_t tenths_of_uln) {
    const uint32_t value = low + random.below(high - low);
    const uint32_t days = random.below(85);
    if (missing()) return;
    cells.push_back({fact, "value", fmt::format("{}.{}", value / 10, value % 10), false});
    text(fact, "unit", std::string(unit));
    if (tenths_of_uln > 0)
      cells.push_back({fact, "uln", fmt::format("{}.{}", tenths_of_uln / 10, tenths_of_uln % 10), false});
    text(fact, "date", date_before(days));
  }

  // `no`, or a record that began so many days before at most.
  // Gives whether it is there or may be.
  bool record(std::string_view fact, uint32_t in_thousand, uint32_t days, std::string_view field = "start") {
    const bool there = random.chance(in_thousand);
    const uint32_t began = 1 + random.below(days);
    if (missing()) return true;
    if (there || all) text(fact, field, date_before(began));
    if (!there || all) cells.push_back({fact, "value", "false", false});
    return there;
  }

  void drug(std::string_view fact, uint32_t in_thousand, uint32_t milligrams) {
    const bool there = random.chance(in_thousand);
    const uint32_t dose = 1 + random.below(milligrams);
    if (missing() || (!there && !all)) return;
    cells.push_back({fact, "dose", fmt::format("{}", dose), false});
    text(fact, "unit", "mg/day");
    text(fact, "start", date_before(200));
  }

  void answer(std::string_view fact, uint32_t in_thousand) {
    const bool yes = random.chance(in_thousand);
    if (!missing()) cells.push_back({fact, "value", yes ? "true" : "false", false});
  }

  void judgement(std::string_view fact, uint32_t in_thousand) {
    const bool yes = random.chance(in_thousand);
    if (missing()) return;
    cells.push_back({fact, "value", yes ? "true" : "false", false});
    text(fact, "by", "Dr Example");
    text(fact, "date", date_before(0));
  }
};

std::vector<Cell> facts_of(uint64_t k, bool all) {
  Making m{{k * 0xD1342543DE82EF95u + 12345}, all};
  m.text("enrollment", "value", date_before(0));
  const uint32_t age_days = 5500 + m.random.below(26000);
  if (!m.missing()) m.text("birth_date", "value", date_before(age_days));
  const bool female = m.random.chance(500);
  if (!m.missing()) m.text("sex", "value", female ? "female" : "male");
  const bool ild = m.record("ILD", 920, 2000);
  m.record("IPF", ild ? 200 : 0, 2000);
  m.result("ALT", "U/L", 80, 900, 400);
  m.result("AST", "U/L", 80, 900, 400);
  m.result("TBIL", "umol/L", 40, 380, 200);
  m.result("DBIL", "umol/L", 10, 85, 60);
  m.result("creatinine", "umol/L", 500, 1500, 900);
  m.result("DLCO", "%", 250, 850, 0);
  m.result("FVC", "%", 380, 720, 0);
  m.result("FEV1_FVC_pre", "%", 660, 950, 0);
  m.drug("prednisone", 500, 40);
  m.drug("azathioprine", 150, 100);
  m.drug("methotrexate", 30, 3);
  m.record("amiodarone", 20, 900);
  m.record("irregular_corticosteroid_use", 20, 900, "date");
  m.record("mechanical_ventilation", 40, 900, "date");
  m.record("pneumonia", 60, 900);
  m.record("asthma", 50, 4000);
  m.judgement("lung_abnormality", 20);
  m.record("oxygen_therapy", 100, 300);
  m.answer("pregnant", 10);
  m.answer("lactating", 10);
  m.record("malignancy", 60, 4000);
  m.record("hospitalization", 300, 700, "date");
  m.judgement("E8", 40);
  m.record("substance_abuse", 20, 3000);
  m.record("allergy", 30, 3000);
  m.record("trial_participation", 60, 500);
  m.record("stem_cell_therapy", 10, 1000, "date");
  m.record("stem_cell_transplant", 5, 1000, "date");
  m.judgement("E13", 20);
  m.judgement("bronchoscopy_intolerance", 20);
  m.record("massive_hemoptysis", 5, 300);
  m.record("hypertension", 300, 3000);
  m.record("arrhythmia", 80, 3000);
  return std::move(m.cells);
}

// `ALT [U/L]`, `ALT ULN`, `ALT date`: the unit stands in the header, not in the rows.
std::string header_of(const Cell& cell, const std::vector<Cell>& cells) {
  if (cell.field != "value" && cell.field != "dose") {
    return fmt::format("{} {}", cell.fact, cell.field == "uln" ? "ULN" : cell.field);
  }
  for (const Cell& other : cells)
    if (other.fact == cell.fact && other.field == "unit")
      return cell.field == "dose" ? fmt::format("{} dose [{}]", cell.fact, other.text)
                                  : fmt::format("{} [{}]", cell.fact, other.text);
  return std::string(cell.fact);
}

void write_csv(uint64_t count, std::string& out) {
  const std::vector<Cell> columns = facts_of(0, true);
  out += "patient,screening,complete";
  for (const Cell& column : columns)
    if (column.field != "unit") out += "," + header_of(column, columns);
  out += '\n';
  for (uint64_t k = 1; k <= count; ++k) {
    out += fmt::format("P{},2025-03-01,conditions;drugs;events", k);
    const std::vector<Cell> cells = facts_of(k, false);
    size_t next = 0;
    for (const Cell& column : columns) {
      const bool there =
          next < cells.size() && cells[next].fact == column.fact && cells[next].field == column.field;
      if (column.field != "unit") out += ',';
      if (there && column.field != "unit") out += cells[next].text;
      if (there) ++next;
    }
    out += '\n';
    if (out.size() > (1u << 20)) {
      std::fwrite(out.data(), 1, out.size(), stdout);
      out.clear();
    }
  }
}

void append_value(std::string& out, const Cell& cell) {
  out += cell.quoted ? fmt::format("\"{}\"", cell.text) : cell.text;
}

void write_ndjson(uint64_t count, std::string& out) {
  for (uint64_t k = 1; k <= count; ++k) {
    out += fmt::format(R"({{"patient": "P{}", "screening": "2025-03-01", )"
                       R"("complete": ["conditions", "drugs", "events"], "facts": {{)",
                       k);
    const std::vector<Cell> cells = facts_of(k, false);
    for (size_t i = 0; i < cells.size();) {
      size_t end = i;
      while (end < cells.size() && cells[end].fact == cells[i].fact) ++end;
      out += fmt::format("{}\"{}\": ", i > 0 ? ", " : "", cells[i].fact);
      if (end == i + 1 && cells[i].field == "value") {
        append_value(out, cells[i]);
      } else {
        for (size_t j = i; j < end; ++j) {
          out += fmt::format("{}\"{}\": ", j > i ? ", " : "{", cells[j].field);
          append_value(out, cells[j]);
        }
        out += '}';
      }
      i = end;
    }
    out += "}}\n";
    if (out.size() > (1u << 20)) {
      std::fwrite(out.data(), 1, out.size(), stdout);
      out.clear();
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view form = argc == 3 ? argv[1] : "";
  if (form != "csv" && form != "ndjson") {
    std::fputs("usage: bench_patients csv|ndjson COUNT\n", stderr);
    return 2;
  }
  const uint64_t count = std::strtoull(argv[2], nullptr, 10);
  std::string out;
  if (form == "csv")
    write_csv(count, out);
  else
    write_ndjson(count, out);
  std::fwrite(out.data(), 1, out.size(), stdout);
  return 0;
}
