/// Signals of this gateway to all gateways. Start reading at [dev.parley.gateway.signal.SignalWriter].
/// How they come back is told in `relay`, who gets them in `socket`.
@NullMarked
package dev.parley.gateway.signal;

import org.jspecify.annotations.NullMarked;
