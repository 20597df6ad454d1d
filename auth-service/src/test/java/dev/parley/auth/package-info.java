/// Tests of the auth service over HTTP, on a real PostgreSQL, Redis and SMTP server.
/// Start reading at [dev.parley.auth.Backing], which starts them, and [dev.parley.auth.AuthApi], which calls the
/// service.
@NullMarked
package dev.parley.auth;

import org.jspecify.annotations.NullMarked;
