package dev.parley.auth.token;

import dev.parley.auth.background.Loop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The keys of the file `parley.auth.signing-key`. Read at the start, so that a service without a key never gets
/// ready, and again and again, so that keys are replaced without a restart; a file that has become useless changes
/// nothing but the log.
///
/// Thread: any.
@Startup
@ApplicationScoped
public class SigningKeys {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    private final Path file;
    private final Loop loop;
    private volatile List<SigningKey> keys;

    SigningKeys(TokenConfig config) {
        this.file = config.signingKey();
        this.keys = read();
        this.loop = Loop.start("signing-keys", config.signingKeyInterval(), this::readAgain);
    }

    /// The key that signs.
    public SigningKey current() {
        return keys.getFirst();
    }

    /// Every key whose signatures are accepted, the signing one first.
    public List<SigningKey> published() {
        return keys;
    }

    Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
    }

    private void readAgain() {
        var read = read();
        if (!ids(read).equals(ids(keys))) {
            keys = read;
            LOG.infof("signing keys changed current=%s published=%d", current().id(), read.size());
        }
    }

    private static List<String> ids(List<SigningKey> keys) {
        return keys.stream().map(SigningKey::id).toList();
    }

    private List<SigningKey> read() {
        try {
            return SigningKey.parsePem(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException("parley.auth.signing-key: the file " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "parley.auth.signing-key: the file " + file + " holds no usable key: " + e.getMessage(), e);
        }
    }
}
