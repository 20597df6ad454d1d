/// How somebody gets in: registering an account, or proving with a password to be its owner.
/// Start reading at [dev.parley.auth.login.LogIn]. It brings accounts, passwords and sessions together.
@NullMarked
package dev.parley.auth.login;

import org.jspecify.annotations.NullMarked;
