package dev.parley.auth.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// How access tokens are made. The verifiers' side of the same prefix (`jwks-url`) is service-kit's default.
@ConfigMapping(prefix = "parley.auth")
public interface TokenConfig {

    /// A file with one or more RSA private keys (PKCS#8 PEM, at least 2048 bits). The first signs, all are published:
    /// a new key is appended, made the first once verifiers have seen it, and the old one taken out when its tokens
    /// have expired. No default; the service does not start without it.
    Path signingKey();

    /// The claim `iss`. Default `parley`. All services must agree; a change ends every access token at once.
    @WithDefault("parley")
    String issuer();

    /// Where verifiers find the keys; this service reads its own from the file. Default: port 8081 of this machine.
    String jwksUrl();

    /// How long an access token is valid. Default 15 minutes. Higher: an ended session is refused later by a
    /// service that has not heard of the end. Lower: more refreshing.
    @WithDefault("15M")
    Duration accessTokenLifetime();

    /// How often the key file is looked at for a change. Default 10 s. Higher: a key taken out is published longer.
    @WithDefault("10S")
    Duration signingKeyInterval();
}
