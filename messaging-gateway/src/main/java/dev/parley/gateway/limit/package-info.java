/// How much one user, one address and one socket may ask of this gateway: sockets, upgrades, messages, frames.
/// Counted in this process alone, so that no limit waits for Redis or ends with it; with n gateways behind a balancer
/// a limit is up to n times its number.
/// Start reading at [dev.parley.gateway.limit.Limits]. It knows neither sockets nor rooms.
@NullMarked
package dev.parley.gateway.limit;

import org.jspecify.annotations.NullMarked;
