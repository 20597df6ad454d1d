/// Who is logged in, and the tokens that prove it.
///
/// Owns the access token, the one refresh that may be in flight, and where a session is kept between two runs. Start at
/// [dev.parley.client.session.Tokens]. It knows no sockets.
@NullMarked
package dev.parley.client.session;

import org.jspecify.annotations.NullMarked;
