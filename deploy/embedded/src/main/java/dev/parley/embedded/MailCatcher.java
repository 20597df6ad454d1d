package dev.parley.embedded;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// An SMTP server that accepts mail for everybody and delivers none of it.
///
/// *Shape*: keeps the latest [#KEPT] mails, the oldest first. *Thread*: safe for any.
public final class MailCatcher implements AutoCloseable {

    static final int KEPT = 1_000;

    private final GreenMail server;
    private final Consumer<CaughtMail> listener;
    private final Deque<CaughtMail> mails = new ArrayDeque<>();

    private MailCatcher(int port, Consumer<CaughtMail> listener) {
        this.listener = listener;
        this.server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
    }

    /// Starts a catcher on a free port.
    public static MailCatcher start() {
        return start(0);
    }

    /// Starts a catcher on a port; 0 stands for a free one.
    ///
    /// @throws IllegalStateException if the port is taken
    public static MailCatcher start(int port) {
        return start(port, mail -> {});
    }

    /// Starts a catcher that hands each mail on as well, on the thread of its SMTP connection and before the sender
    /// is told that it was accepted.
    ///
    /// @throws IllegalStateException if the port is taken
    public static MailCatcher start(int port, Consumer<CaughtMail> listener) {
        MailCatcher catcher = new MailCatcher(port, listener);
        catcher.server.start();
        catcher.server.getUserManager().setMessageDeliveryHandler(catcher::deliver);
        return catcher;
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    /// The mails caught so far, the oldest first. A mail to two recipients counts once.
    public List<CaughtMail> received() {
        synchronized (mails) {
            return List.copyOf(mails);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    /// Called once for each recipient of a mail; the first call keeps it.
    private GreenMailUser deliver(MovingMessage message, MailAddress recipient) throws MessagingException {
        try {
            MailAddress first = message.getToAddresses().iterator().next();
            if (recipient.equals(first)) {
                keep(read(message));
            }
            return new Nobody(recipient.getEmail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(CaughtMail mail) {
        synchronized (mails) {
            if (mails.size() == KEPT) {
                mails.removeFirst();
            }
            mails.addLast(mail);
        }
        listener.accept(mail);
    }

    private static CaughtMail read(MovingMessage moving) throws MessagingException, IOException {
        MimeMessage message = moving.getMessage();
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        message.writeTo(source);
        String subject = message.getSubject();
        return new CaughtMail(
                moving.getToAddresses().stream().map(MailAddress::getEmail).toList(),
                subject == null ? "" : subject,
                plainText(message),
                source.toString(StandardCharsets.UTF_8));
    }

    private static String plainText(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String text = plainText(inner);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
