/// How often somebody may try: limits per account and per address that all replicas share.
/// Start reading at [dev.parley.auth.throttle.Throttle]. It does not know what is tried.
@NullMarked
package dev.parley.auth.throttle;

import org.jspecify.annotations.NullMarked;
