/// Requests to the REST services, and what can be wrong with them.
///
/// Owns JSON, problems and the bearer token on a request. Start at [dev.parley.client.http.Rest]. It knows neither
/// sockets nor rooms.
@NullMarked
package dev.parley.client.http;

import org.jspecify.annotations.NullMarked;
