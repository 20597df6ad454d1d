/// The one JSON dialect of Parley: snake_case, times with milliseconds, nothing coerced, no key twice.
/// Start reading at [dev.parley.kit.json.JsonDialect].
@NullMarked
package dev.parley.kit.json;

import org.jspecify.annotations.NullMarked;
