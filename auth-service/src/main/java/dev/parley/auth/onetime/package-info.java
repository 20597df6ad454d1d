/// Tokens for links in mails: one use, a short life, of which only hashes are kept.
/// Start reading at [dev.parley.auth.onetime.OneTimeTokens]. It does not know how a link is sent.
@NullMarked
package dev.parley.auth.onetime;

import org.jspecify.annotations.NullMarked;
