package dev.parley.auth.mail;

import dev.parley.auth.background.Loop;
import dev.parley.auth.mail.MailQueue.Letter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.Engine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends what is in the queue. A mail that cannot be sent stays there for a later attempt.
///
/// Thread: one loop's; [#wake] may be called from any.
@ApplicationScoped
class Postman {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Logger LOG = Logger.getLogger(Postman.class);

    private final MailQueue queue;
    private final MailConfig config;
    private final ReactiveMailer mailer;
    private final Engine templates;
    private final Counter sent;
    private final Counter failed;
    private @Nullable Loop loop;

    Postman(MailQueue queue, MailConfig config, ReactiveMailer mailer, Engine templates, MeterRegistry metrics) {
        this.queue = queue;
        this.config = config;
        this.mailer = mailer;
        this.templates = templates;
        this.sent = metrics.counter("parley.mail.sent");
        this.failed = metrics.counter("parley.mail.failed");
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("postman", config.pollInterval(), this::sendDue);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Mails.Queued event) {
        if (loop != null) {
            loop.wake();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    private void sendDue() {
        for (var letters = queue.take(); !letters.isEmpty(); letters = queue.take()) {
            letters.forEach(this::send);
        }
    }

    private void send(Letter letter) {
        try {
            mailer.send(render(letter)).await().atMost(PATIENCE);
            sent.increment();
            queue.sent(letter);
        } catch (RuntimeException e) {
            // Without the cause's message, which may quote the recipient.
            failed.increment();
            LOG.warnf("mail not sent id=%s cause=%s", letter.id(), e.getClass().getName());
        }
    }

    private Mail render(Letter letter) {
        var link = letter.token().isEmpty() ? "" : link(letter);
        var template = letter.kind().template();
        return Mail.withText(letter.recipient(), letter.kind().subject(), render(template + ".txt", letter, link))
                .setHtml(render(template + ".html", letter, link));
    }

    private String link(Letter letter) {
        var origin = config.publicUrl().toString().replaceFirst("/+$", "");
        return origin + letter.kind().path() + letter.token();
    }

    private String render(String template, Letter letter, String link) {
        var found = templates.getTemplate(template);
        if (found == null) {
            throw new IllegalStateException("no template " + template);
        }
        return found.data("username", letter.username()).data("link", link).render();
    }
}
