package dev.parley.kit.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.AccessTokenNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/// The auth service's keys over HTTP, which come and go as a test wants, and tokens that they have signed. Thread-safe.
public final class PlayedKeys implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, RsaJsonWebKey> published = new LinkedHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int maxAgeSeconds = 1;

    public PlayedKeys() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/auth/.well-known/jwks.json", this::answer);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/auth/.well-known/jwks.json";
    }

    /// A key that nobody knows yet.
    public RsaJsonWebKey newKey(String id) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            key.setAlgorithm(AccessTokenNames.ALGORITHM);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /// Has these keys and no others from now on.
    public synchronized void publish(RsaJsonWebKey... keys) {
        published.clear();
        for (var key : keys) {
            published.put(key.getKeyId(), key);
        }
    }

    /// How long a reader may keep the keys that it reads from now on.
    public void setMaxAge(int seconds) {
        maxAgeSeconds = seconds;
    }

    /// How often the keys were read.
    public int requests() {
        return requests.get();
    }

    /// An access token that is valid where the key is known.
    /// @param keyId as the header claims
    public static String token(RsaJsonWebKey key, String keyId) {
        var claims = new JwtClaims();
        claims.setIssuer("parley");
        claims.setAudience(AccessTokenNames.AUDIENCE);
        claims.setSubject(UserId.random().toString());
        claims.setClaim(AccessTokenNames.USERNAME, "someone");
        claims.setClaim(AccessTokenNames.SESSION_ID, SessionId.random().toString());
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setKey(key.getPrivateKey());
        token.setKeyIdHeaderValue(keyId);
        token.setHeader("typ", AccessTokenNames.TYPE);
        token.setAlgorithmHeaderValue(AccessTokenNames.ALGORITHM);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            var body = text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Cache-Control", "public, max-age=" + maxAgeSeconds);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized String text() {
        return new JsonWebKeySet(List.<JsonWebKey>copyOf(published.values()))
                .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
}
