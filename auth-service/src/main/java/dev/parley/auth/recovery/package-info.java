/// What goes through a mail: a forgotten password, the proof of an address, another address.
/// Start reading at [dev.parley.auth.recovery.ResetPassword] and [dev.parley.auth.recovery.VerifyEmail].
@NullMarked
package dev.parley.auth.recovery;

import org.jspecify.annotations.NullMarked;
