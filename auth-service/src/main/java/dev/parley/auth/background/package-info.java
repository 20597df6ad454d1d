/// Work that no request waits for, in threads of its own.
/// Start reading at [dev.parley.auth.background.Loop]. It does not know what the work is.
@NullMarked
package dev.parley.auth.background;

import org.jspecify.annotations.NullMarked;
