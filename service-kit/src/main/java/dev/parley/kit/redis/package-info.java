/// Redis connections for streams, which the pooled client does not suit: a blocking read needs one of its own.
/// Start reading at [dev.parley.kit.redis.StreamConnection].
@NullMarked
package dev.parley.kit.redis;

import org.jspecify.annotations.NullMarked;
