// Lines to statements and their parts, so that each part is read on its own.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/lines.hpp"
#include "grammar/read.hpp"

namespace crit {

// The lines [first, last] that are read together.
struct PartLines {
  Part part;
  size_t first, last;
};

// A statement: the line with its keyword and the indented lines below it.
struct Block {
  size_t first, last;        // lines with code
  std::string_view keyword;  // in small letters, as it was meant; empty where the first word is none
  uint32_t begin = 0;        // where the keyword stands
};

// Reports what stands in the wrong column, bullets before keywords, and words that start no statement.
std::vector<Block> split_blocks(const Source&, const std::vector<Line>&, std::vector<Diagnostic>&);

// The parts of a statement: its head first, then fields and the condition in the order of the lines.
std::vector<PartLines> split_parts(const Source&, const std::vector<Line>&, const Block&);

}  // namespace crit
