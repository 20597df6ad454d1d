/// What every HTTP answer has in common: a trace id, no caching, a bounded body, which pages may read it.
/// Start reading at [dev.parley.kit.http.HttpEdge].
@NullMarked
package dev.parley.kit.http;

import org.jspecify.annotations.NullMarked;
