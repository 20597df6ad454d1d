/// The room service's copy of the accounts that its rooms name: the `users` projection, filled from the auth
/// service's events and, who is not known yet, on demand. Start reading at [dev.parley.room.user.UserDirectory] and
/// [dev.parley.room.user.UserEvents]. It must not know rooms, but to tell them of changes, and nothing but this package
/// writes `users`.
@NullMarked
package dev.parley.room.user;

import org.jspecify.annotations.NullMarked;
