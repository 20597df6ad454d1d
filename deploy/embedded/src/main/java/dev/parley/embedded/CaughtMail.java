package dev.parley.embedded;

import java.util.List;

/// A mail as it was handed over by SMTP.
///
/// @param recipients the addresses of the envelope
/// @param text the first plain-text part, decoded; empty when there is none
/// @param source the whole mail in its wire form (RFC 5322)
public record CaughtMail(List<String> recipients, String subject, String text, String source) {

    public CaughtMail {
        recipients = List.copyOf(recipients);
    }
}
