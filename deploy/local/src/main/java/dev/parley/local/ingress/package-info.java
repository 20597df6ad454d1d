/// The one origin: a reverse proxy that plays the ingress on a developer's machine.
///
/// Owns which path goes to which service, and what a client sees while a service is away. WebSockets pass as bytes,
/// with back-pressure, for as long as both ends live. Start reading at [dev.parley.local.ingress.Ingress].
/// It knows ports only, neither processes nor the services' insides.
@NullMarked
package dev.parley.local.ingress;

import org.jspecify.annotations.NullMarked;
