/// The room service's copy of the accounts that its rooms name: the `users` projection, filled on demand from the
/// auth service. Start reading at [dev.parley.room.user.UserDirectory]. It must not know rooms, and nothing but
/// this package writes `users`.
@NullMarked
package dev.parley.room.user;

import org.jspecify.annotations.NullMarked;
