/// The names inside an access token (a JWT of RFC 9068): the auth service writes them, everybody else reads them.
/// Start reading at [dev.parley.model.token.AccessTokenNames].
@NullMarked
package dev.parley.model.token;

import org.jspecify.annotations.NullMarked;
