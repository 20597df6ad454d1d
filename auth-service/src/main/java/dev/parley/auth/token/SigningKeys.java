package dev.parley.auth.token;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The keys of the file `parley.auth.signing-key`. Read at the start, so that a service without a key never gets ready.
///
/// Thread: any.
@Startup
@ApplicationScoped
public class SigningKeys {

    private final Path file;
    private volatile List<SigningKey> keys;

    SigningKeys(TokenConfig config) {
        this.file = config.signingKey();
        this.keys = read();
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
