package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.CaughtMail;
import dev.parley.embedded.MailCatcher;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// What has arrived for one address.
public record Mailbox(MailCatcher catcher, String address) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern TOKEN = Pattern.compile("http://localhost:8080/[a-z-]+/#token=([A-Za-z0-9_-]{43})");

    public List<CaughtMail> mails() {
        return catcher.received().stream()
                .filter(mail -> mail.recipients().contains(address))
                .toList();
    }

    /// Waits for the n-th mail with a subject, counted from 1.
    public CaughtMail await(String subject, int n) {
        return Awaitility.await("mail \"" + subject + "\"")
                .atMost(PATIENCE)
                .until(() -> withSubject(subject), found -> found.size() >= n)
                .get(n - 1);
    }

    public List<CaughtMail> withSubject(String subject) {
        return mails().stream().filter(mail -> mail.subject().equals(subject)).toList();
    }

    /// The token in a mail's link.
    public static String token(CaughtMail mail) {
        var match = TOKEN.matcher(mail.text());
        assertThat(match.find()).as("a link in the mail").isTrue();
        return match.group(1);
    }
}
