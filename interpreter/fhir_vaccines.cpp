// The table, after CDC, HL7 Standard Code Set CVX, Vaccines Administered, 2024.
#include "interpreter/fhir_vaccines.hpp"

#include <algorithm>

namespace crit {

namespace {

// With a blank around each code.
constexpr VaccineRow kRows[] = {
    {"MMR_vaccine", " 03 94 "},
    {"varicella_vaccine", " 21 94 "},
    {"live_zoster_vaccine", " 121 "},
    {"yellow_fever_vaccine", " 37 183 184 "},
    {"rotavirus_vaccine", " 74 116 119 122 "},
    {"BCG_vaccine", " 19 "},
    {"oral_polio_vaccine", " 02 178 179 182 "},
    {"nasal_influenza_vaccine", " 111 125 149 151 "},
    {"oral_typhoid_vaccine", " 25 "},
    {"influenza_vaccine",
     " 15 16 135 140 141 144 150 153 155 158 161 166 168 171 185 186 197 200 201 202 205 320 "},
    {"COVID_19_vaccine",
     " 207 208 210 211 212 213 217 218 219 221 228 229 230 300 301 302 308 309 310 311 312 313 "},
    {"pneumococcal_vaccine", " 33 100 109 133 152 215 216 "},
    // Hepatitis A and B, HPV, diphtheria with tetanus and pertussis, polio by needle, Haemophilus,
    // meningococci, zoster without live virus.
    {"inactivated_vaccine",
     " 08 43 44 45 189 52 83 84 85 104 62 118 137 165 01 09 20 22 28 50 102 106 107 110 113 115 120 130 138 "
     "139 "
     "146 196 10 89 17 46 47 48 49 51 32 103 108 114 136 147 148 162 163 164 203 187 188 "},
};

}  // namespace

std::span<const VaccineRow> vaccine_rows() {
  return kRows;
}

std::vector<std::string> vaccines_of(std::string_view cvx) {
  std::vector<std::string> names;
  const std::string word = " " + std::string(cvx) + " ";
  for (const VaccineRow& row : kRows)
    if (row.codes.find(word) != row.codes.npos) names.emplace_back(row.name);
  if (names.empty() && cvx != "998") names.emplace_back("vaccine");  // 998: no vaccine was given
  return names;
}

}  // namespace crit
