package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MailCatcherTest {

    @Test
    void catchesMailForAnybodyOnce() {
        List<CaughtMail> heard = new CopyOnWriteArrayList<>();
        try (MailCatcher catcher = MailCatcher.start(0, heard::add)) {
            ServerSetup setup = new ServerSetup(catcher.port(), "localhost", ServerSetup.PROTOCOL_SMTP);

            GreenMailUtil.sendTextEmail("ada@example.org,bob@example.org", "parley@localhost", "Hi", "Grüße", setup);

            assertThat(catcher.received()).hasSize(1).isEqualTo(heard);
            CaughtMail mail = heard.getFirst();
            assertThat(mail.recipients()).containsExactlyInAnyOrder("ada@example.org", "bob@example.org");
            assertThat(mail.subject()).isEqualTo("Hi");
            assertThat(mail.text().strip()).isEqualTo("Grüße");
            assertThat(mail.source()).contains("Subject: Hi");
        }
    }
}
