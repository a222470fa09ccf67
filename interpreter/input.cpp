// Reading by large chunks into one buffer; a line is a piece of the buffer.
#include "interpreter/input.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace crit {

namespace {

// So much stays in the processor's second cache between the kernel's copy and the parser.
constexpr size_t kChunk = 128u << 10;

}  // namespace

std::optional<Input> Input::open(const std::string& path, std::string& problem) {
  Input made;
  made.name_ = path;
  if (path == "-") {
    made.name_ = "standard input";
    made.file_ = STDIN_FILENO;
    return made;
  }
  made.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  made.owned_ = made.file_ >= 0;
  struct stat about {};
  if (!made.owned_ || ::fstat(made.file_, &about) != 0) {
    problem = errno == ENOENT ? "there is no such file" : std::strerror(errno);
    return std::nullopt;
  }
  if (S_ISDIR(about.st_mode)) {
    problem = "this is a folder, not a file";
    return std::nullopt;
  }
  return made;
}

Input Input::of_text(std::string name, std::string_view text) {
  Input made;
  made.name_ = std::move(name);
  made.make_room(text.size());
  if (!text.empty()) std::memcpy(made.buffer_.get(), text.data(), text.size());
  made.end_ = text.size();
  made.ended_ = true;
  return made;
}

Input Input::over(std::string name, std::string_view text, uint64_t first_line) {
  Input made;
  made.name_ = std::move(name);
  made.text_ = text.data();
  made.end_ = text.size();
  made.line_ = first_line;
  made.ended_ = true;
  return made;
}

Input::Input(Input&& other) noexcept
    : name_(std::move(other.name_)),
      problem_(std::move(other.problem_)),
      file_(other.file_),
      owned_(std::exchange(other.owned_, false)),
      ended_(other.ended_),
      begun_(other.begun_),
      stop_(std::move(other.stop_)),
      unpacker_(std::move(other.unpacker_)),
      buffer_(std::move(other.buffer_)),
      text_(other.text_),
      capacity_(other.capacity_),
      begin_(other.begin_),
      end_(other.end_),
      line_(other.line_) {}

Input::~Input() {
  if (owned_) ::close(file_);
}

// At least so many bytes from the unread part's front on: moved to the buffer's front, or into a larger
// buffer.
void Input::make_room(size_t wanted) {
  const size_t have = end_ - begin_;
  if (wanted <= capacity_) {
    if (have > 0) std::memmove(buffer_.get(), buffer_.get() + begin_, have);
  } else {
    auto larger = std::make_unique_for_overwrite<char[]>(wanted + kInputPadding);
    if (have > 0) std::memcpy(larger.get(), buffer_.get() + begin_, have);
    std::memset(larger.get() + wanted, 0, kInputPadding);
    buffer_ = std::move(larger);
    capacity_ = wanted;
    text_ = buffer_.get();
  }
  begin_ = 0;
  end_ = have;
}

bool Input::read_more(size_t most) {
  const size_t have = end_ - begin_;
  if (ended_ || have >= most) return false;
  if (end_ == capacity_)
    make_room(have * 2 <= capacity_ ? std::max(capacity_, kChunk) : std::min(capacity_ * 2, most));
  const size_t got = read_file(buffer_.get() + end_, capacity_ - end_);
  ended_ = got == 0;
  end_ += got;
  return !ended_;
}

// False where it is to stop first.
bool Input::wait_for_more() {
  constexpr int kMilliseconds = 100;
  pollfd file{file_, POLLIN, 0};
  while (!stop_()) {
    const int found = ::poll(&file, 1, kMilliseconds);
    if (found > 0 || (found < 0 && errno != EINTR)) return true;
  }
  problem_ = "it was interrupted";
  return false;
}

// 0 at the end, and where nothing more can be read.
size_t Input::read_file(char* to, size_t room) {
  if (stop_ && !wait_for_more()) return 0;
  if (unpacker_) return unpacker_->read(file_, to, room, problem_);
  const auto read_on = [&](size_t at) {
    ssize_t got = 0;
    do got = ::read(file_, to + at, room - at);
    while (got < 0 && errno == EINTR);
    if (got < 0) problem_ = std::strerror(errno);
    return got > 0 ? static_cast<size_t>(got) : 0;
  };
  size_t have = read_on(0);
  if (std::exchange(begun_, true)) return have;
  // The first bytes tell whether the file is packed; a pipe may give them one by one.
  for (size_t more = have; more > 0 && have < Unpacker::kBeginning; have += more) more = read_on(have);
  unpacker_ = Unpacker::of({to, have});
  return unpacker_ ? read_file(to, room) : have;
}

double Input::share_read() const {
  struct stat about {};
  if (file_ < 0 || ::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) return 0;
  const off_t at = ::lseek(file_, 0, SEEK_CUR);
  return at < 0 ? 0 : static_cast<double>(at) / static_cast<double>(about.st_size);
}

void Input::skip(size_t bytes) {
  const std::string_view taken = ahead().substr(0, bytes);
  // By find, which the library has in wide steps; count goes by bytes.
  for (size_t at = 0; (at = taken.find('\n', at)) != taken.npos; ++at) ++line_;
  begin_ += taken.size();
}

std::optional<Input::Line> Input::next_line(size_t most) {
  Line line{{}, line_, false};
  size_t looked_at = 0;
  for (;;) {
    const std::string_view text = ahead();
    const size_t end = text.find('\n', looked_at);
    if (end != text.npos || (is_whole() && !text.empty())) {
      line.text = text.substr(0, end);
      if (line.text.ends_with('\r')) line.text.remove_suffix(1);
      if (line.too_long) line.text = {};
      begin_ += std::min(end, text.size() - 1) + 1;
      ++line_;
      return line;
    }
    looked_at = text.size();
    if (read_more(most)) continue;
    if (ended_ && !problem_.empty()) begin_ = end_;
    if (ended_ && ahead().empty()) return line.too_long ? std::optional(line) : std::nullopt;
    if (ended_) continue;
    // No room and no line end: the line is passed over, its beginning first.
    line.too_long = true;
    begin_ = end_;
    looked_at = 0;
  }
}

std::optional<std::string_view> Input::rest(size_t most) {
  // A file that says its size is read into one piece of memory at once.
  struct stat about {};
  if (!ended_ && ::fstat(file_, &about) == 0 && S_ISREG(about.st_mode))
    make_room(std::max(end_ - begin_, std::min(most, static_cast<size_t>(about.st_size) + 1)));
  while (read_more(most)) {
  }
  if (!ended_) return std::nullopt;
  return ahead();
}

}  // namespace crit
