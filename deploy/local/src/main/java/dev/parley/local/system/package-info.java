/// A whole Parley on this machine: servers, services and ingress, started, watched and ended together.
///
/// Owns the data directory (`.parley`) with its lock, the secrets in it, the ports, and every process. Used by the
/// launcher behind `./parley up` and by the end-to-end tests. Start reading at
/// [dev.parley.local.system.LocalSystem]. It knows the services by their environment variables only.
@NullMarked
package dev.parley.local.system;

import org.jspecify.annotations.NullMarked;
