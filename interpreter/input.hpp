// A file or the standard input to lines, in one buffer that is used again: what is read stays small however
// long the file is. What is packed by gzip or zstd is unpacked on the way; it is known by its first bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "interpreter/unpack.hpp"

namespace crit {

// Bytes that may be read (not used) behind whatever an Input hands out; simdjson reads in blocks.
inline constexpr size_t kInputPadding = 64;

class Input {
 public:
  // `-` is the standard input. Nothing, and the problem in words, where it cannot be opened.
  static std::optional<Input> open(const std::string& path, std::string& problem);
  // A text in memory, of which the Input keeps a copy.
  static Input of_text(std::string name, std::string_view text);
  // The same without a copy: the text stays, and kInputPadding bytes behind it may be read.
  static Input over(std::string name, std::string_view text, uint64_t first_line);

  // Asked before more is read, and while nothing comes: true ends the reading there, which is a problem.
  void stop_when(std::function<bool()> stop) { stop_ = std::move(stop); }

  Input(Input&&) noexcept;
  Input& operator=(Input&&) = delete;
  ~Input();

  const std::string& name() const { return name_; }
  // The unread part that is in memory. It moves when more is read.
  std::string_view ahead() const { return {text_ + begin_, end_ - begin_}; }
  // Reads more behind it, at most up to `most` bytes in memory; false where there is no more or no room.
  bool read_more(size_t most);
  // Takes bytes off the front of what is ahead, and counts the lines among them.
  void skip(size_t bytes);
  // The number of the line that begins, or goes on, at the front.
  uint64_t line() const { return line_; }
  double share_read() const;              // of a file, 0 to 1; 0 where its size is not known
  bool at_end() const { return ended_; }  // nothing more can be read
  // And that was the file's end: what is ahead is whole. Otherwise it was cut off somewhere.
  bool is_whole() const { return ended_ && problem_.empty(); }
  const std::string& problem() const { return problem_; }  // of reading, not of the content; empty: none

  struct Line {
    std::string_view text;  // without its line end
    uint64_t number = 0;
    bool too_long = false;  // longer than the bound: `text` is empty
  };
  // The next line; nothing at the end. A line longer than `most` is passed over, and so is one that is cut
  // off.
  std::optional<Line> next_line(size_t most);
  // Everything that is left, from here on held in memory; nothing where it is more than `most`.
  std::optional<std::string_view> rest(size_t most);

 private:
  Input() = default;
  void make_room(size_t wanted);
  size_t read_file(char* to, size_t room);
  bool wait_for_more();

  std::string name_, problem_;
  int file_ = -1;
  bool owned_ = false, ended_ = false, begun_ = false;
  std::function<bool()> stop_;
  std::unique_ptr<Unpacker> unpacker_;
  std::unique_ptr<char[]> buffer_;
  const char* text_ = nullptr;  // in the buffer, or somebody else's
  size_t capacity_ = 0, begin_ = 0, end_ = 0;
  uint64_t line_ = 1;
};

}  // namespace crit
