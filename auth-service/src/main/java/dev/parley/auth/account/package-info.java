/// Accounts: who there is, under which name and address, and how they are shown.
/// Start reading at [dev.parley.auth.account.Account]. It knows neither tokens nor sessions.
@NullMarked
package dev.parley.auth.account;

import org.jspecify.annotations.NullMarked;
