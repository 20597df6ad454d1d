/// Accounts as others see them: for the other services, and for people who look for each other.
/// Start reading at [dev.parley.auth.user.InternalUsers]. Nothing here shows an e-mail address.
@NullMarked
package dev.parley.auth.user;

import org.jspecify.annotations.NullMarked;
