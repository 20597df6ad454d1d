/// What this service hears of accounts and sessions, which the auth service owns: its events, from `auth:events` and
/// from its `/internal`, and the sessions that have ended. Start reading at
/// [dev.parley.kit.account.AuthEventFollower]; [dev.parley.kit.account.EndedSessions] is what requests ask.
@NullMarked
package dev.parley.kit.account;

import org.jspecify.annotations.NullMarked;
