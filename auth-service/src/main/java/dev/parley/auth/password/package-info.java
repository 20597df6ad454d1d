/// Passwords: which are accepted, and how they are kept (Argon2id) and compared.
/// Start reading at [dev.parley.auth.password.PasswordHasher]. It knows neither accounts nor requests.
@NullMarked
package dev.parley.auth.password;

import org.jspecify.annotations.NullMarked;
