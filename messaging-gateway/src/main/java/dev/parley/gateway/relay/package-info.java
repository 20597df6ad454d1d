/// Reads the `relay` and `reply` streams and hands every entry to those it concerns.
/// Start reading at [dev.parley.gateway.relay.RelayReader]. It decides nothing: acks are settled in `send`, order in
/// `feed`.
@NullMarked
package dev.parley.gateway.relay;

import org.jspecify.annotations.NullMarked;
