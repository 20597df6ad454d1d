/// Writing to Redis in order. Start reading at [dev.parley.gateway.redis.PipelinedConnection].
@NullMarked
package dev.parley.gateway.redis;

import org.jspecify.annotations.NullMarked;
