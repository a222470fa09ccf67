// gzip and zstd to the bytes that were packed, as they are read from a file.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace crit {

class Unpacker {
 public:
  static constexpr size_t kBeginning = 4;  // bytes that tell
  // For a file that begins with these bytes, which are kept; nothing where they are of no packed file.
  static std::unique_ptr<Unpacker> of(std::string_view beginning);
  ~Unpacker();

  // Up to `room` bytes, reading on in the file where that is needed; 0 at the end. `problem` is set where the
  // file is broken, ends in the middle, cannot be read, or would take more than 16 MiB to unpack.
  size_t read(int file, char* to, size_t room, std::string& problem);

 private:
  struct Streams;

  Unpacker();
  bool refill(int file, std::string& problem);

  std::unique_ptr<Streams> streams_;
  std::string packed_;  // read and not yet unpacked, from at_ on
  size_t at_ = 0;
  bool between_ = false;  // behind the end of a stream: the file may end here, or another stream begin
};

}  // namespace crit
