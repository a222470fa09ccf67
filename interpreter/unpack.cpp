// Unpacks by zlib and libzstd. A file may be several packed streams one after the other, as `cat` makes them.
#include "interpreter/unpack.hpp"

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>

namespace crit {

namespace {

constexpr size_t kPiece = 128u << 10;
constexpr int kAnyGzip = 15 + 16;  // zlib's largest window, and a gzip header
constexpr int kWindowLog = 24;     // 16 MiB: what zstd packs with up to level 19 takes 8

constexpr std::string_view kGzip = "\x1f\x8b", kZstd = "\x28\xb5\x2f\xfd";

}  // namespace

struct Unpacker::Streams {
  z_stream gzip{};
  ZSTD_DStream* zstd = nullptr;  // null: the file is gzip

  ~Streams() {
    if (zstd)
      ZSTD_freeDStream(zstd);
    else
      inflateEnd(&gzip);
  }

  struct Step {
    size_t taken = 0, made = 0;
    bool ended = false;  // a stream ended here
    bool broken = false, too_large = false;
  };

  Step step(std::string_view packed, char* to, size_t room) {
    return zstd ? step_zstd(packed, to, room) : step_gzip(packed, to, room);
  }

  Step step_gzip(std::string_view packed, char* to, size_t room) {
    gzip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    gzip.avail_in = static_cast<uInt>(packed.size());
    gzip.next_out = reinterpret_cast<Bytef*>(to);
    gzip.avail_out = static_cast<uInt>(room);
    const int said = inflate(&gzip, Z_NO_FLUSH);
    Step step{packed.size() - gzip.avail_in, room - gzip.avail_out};
    step.ended = said == Z_STREAM_END;
    step.broken = said != Z_OK && said != Z_STREAM_END && said != Z_BUF_ERROR;
    if (step.ended) step.broken = inflateReset(&gzip) != Z_OK;
    return step;
  }

  Step step_zstd(std::string_view packed, char* to, size_t room) {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{to, room, 0};
    const size_t said = ZSTD_decompressStream(zstd, &out, &in);
    Step step{in.pos, out.pos, said == 0};
    step.broken = ZSTD_isError(said) != 0;
    step.too_large = step.broken && ZSTD_getErrorName(said) ==
                                        std::string_view("Frame requires too much memory for decoding");
    return step;
  }
};

Unpacker::Unpacker() : streams_(std::make_unique<Streams>()) {}
Unpacker::~Unpacker() = default;

std::unique_ptr<Unpacker> Unpacker::of(std::string_view beginning) {
  if (!beginning.starts_with(kGzip) && !beginning.starts_with(kZstd)) return nullptr;
  std::unique_ptr<Unpacker> made(new Unpacker);
  made->packed_ = beginning;
  if (beginning.starts_with(kZstd)) {
    made->streams_->zstd = ZSTD_createDStream();
    if (!made->streams_->zstd) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(made->streams_->zstd, ZSTD_d_windowLogMax, kWindowLog);
  } else if (inflateInit2(&made->streams_->gzip, kAnyGzip) != Z_OK) {
    throw std::bad_alloc();
  }
  return made;
}

// False at the end of the file, and where it cannot be read.
bool Unpacker::refill(int file, std::string& problem) {
  packed_.resize(kPiece);
  at_ = 0;
  ssize_t got = 0;
  do got = ::read(file, packed_.data(), packed_.size());
  while (got < 0 && errno == EINTR);
  if (got < 0) problem = std::strerror(errno);
  packed_.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return got > 0;
}

size_t Unpacker::read(int file, char* to, size_t room, std::string& problem) {
  for (;;) {
    if (at_ == packed_.size() && !refill(file, problem)) {
      if (problem.empty() && !between_) problem = "the packed file ends in the middle";
      return 0;
    }
    const Streams::Step step = streams_->step(std::string_view(packed_).substr(at_), to, room);
    at_ += step.taken;
    if (step.broken) {
      problem = step.too_large ? "unpacking it takes more than 16 MiB of memory: pack it at level 19 or lower"
                               : "the packed file is broken";
      return 0;
    }
    between_ = step.ended;
    if (step.made > 0) return step.made;
  }
}

}  // namespace crit
