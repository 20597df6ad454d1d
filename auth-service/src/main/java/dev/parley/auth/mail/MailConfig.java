package dev.parley.auth.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/// What mails say and how they are sent; the SMTP server itself is `quarkus.mailer`.
@ConfigMapping(prefix = "parley.mail")
public interface MailConfig {

    /// The origin that links lead to. Default `parley.public-url`, else `http://localhost:8080`. Never taken from a
    /// request, whose Host anybody can write.
    @WithDefault("${parley.public-url:http://localhost:8080}")
    URI publicUrl();

    /// How often the queue is looked at for mails of other replicas and for those to be tried again; own mails go at
    /// once. Default 1 s. Higher: mails wait. Lower: idle queries.
    @WithDefault("1S")
    Duration pollInterval();

    /// How long after the first failure a mail is tried again; each time twice as long, up to an hour. Default 30 s,
    /// more than an attempt may take: else another replica would start a second one.
    @WithDefault("30S")
    Duration retryAfter();

    /// When a mail that could not be sent is given up. Default 24 h. Higher: links arrive that are long too old.
    @WithDefault("24H")
    Duration giveUpAfter();
}
