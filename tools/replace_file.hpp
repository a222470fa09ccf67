// A new text for a file, so that whatever happens the file has either the old one or the new one.
#pragma once

#include <string>

namespace crit {

// Replaces the file's text; false, and why, where that cannot be: then the file is as it was. `old`: the text
// from which the new one was made; a file that has another by now is left alone.
bool replace_file(const std::string& path, const std::string& old, const std::string& text,
                  std::string& problem);

}  // namespace crit
