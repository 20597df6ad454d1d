/// Mails: a queue in the database, so that no answer waits for SMTP and no mail is lost with it, and the sender.
/// Start reading at [dev.parley.auth.mail.Mails]. It does not know why a mail is asked for.
@NullMarked
package dev.parley.auth.mail;

import org.jspecify.annotations.NullMarked;
