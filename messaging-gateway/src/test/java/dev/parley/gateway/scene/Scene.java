package dev.parley.gateway.scene;

import dev.parley.embedded.RedisServer;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.AccessTokenNames;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;

/// Starts Redis and the played room service, and signs tokens with a key that only tests know.
public final class Scene implements QuarkusTestResourceLifecycleManager {

    private static final String KEY_ID = "test-key";
    private static final KeyPair KEYS = keys();

    private static RedisServer redis;
    private static PlayedRoomService roomService;
    private static Path directory;

    public static RedisServer redis() {
        return redis;
    }

    public static PlayedRoomService roomService() {
        return roomService;
    }

    /// A token as the auth service would issue it.
    public static String token(UserId user) {
        return sign(claims(user, Instant.now().plusSeconds(900)));
    }

    public static String token(UserId user, Instant expiresAt) {
        return sign(claims(user, expiresAt));
    }

    public static JwtClaimsBuilder claims(UserId user, Instant expiresAt) {
        return Jwt.issuer("parley")
                .audience(AccessTokenNames.AUDIENCE)
                .subject(user.toString())
                .upn("user")
                .claim(AccessTokenNames.SESSION_ID, SessionId.random().toString())
                .claim("jti", UUID.randomUUID().toString())
                .issuedAt(Instant.now())
                .expiresAt(expiresAt);
    }

    public static String sign(JwtClaimsBuilder claims) {
        return claims.jws().header("typ", AccessTokenNames.TYPE).keyId(KEY_ID).sign(KEYS.getPrivate());
    }

    @Override
    public Map<String, String> start() {
        redis = RedisServer.start();
        roomService = new PlayedRoomService(redis.uri());
        return Map.of(
                "quarkus.http.test-port",
                "0",
                "quarkus.management.test-port",
                "0",
                "quarkus.redis.hosts",
                redis.uri(),
                "parley.gateway.room-service.url",
                roomService.url(),
                "parley.gateway.room-service.secret",
                PlayedRoomService.SECRET,
                "parley.auth.jwks-url",
                jwks().toUri().toString(),
                "parley.allowed-origins",
                "https://app.example.org",
                "parley.gateway.socket.drain-spread",
                "100ms",
                "parley.gateway.typing.lapse",
                "1500ms",
                "parley.gateway.typing.renewal",
                "300ms");
    }

    private static Path jwks() {
        try {
            directory = Files.createTempDirectory("parley-gateway-it");
            var key = new RsaJsonWebKey((RSAPublicKey) KEYS.getPublic());
            key.setKeyId(KEY_ID);
            key.setAlgorithm(AccessTokenNames.ALGORITHM);
            return Files.writeString(directory.resolve("jwks.json"), new JsonWebKeySet(key).toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    @Override
    public void stop() {
        roomService.close();
        redis.close();
        try {
            Files.deleteIfExists(directory.resolve("jwks.json"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
