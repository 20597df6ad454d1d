package dev.parley.gateway.scene;

import dev.parley.embedded.RedisServer;
import dev.parley.kit.testing.PlayedAuthService;
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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;

/// Starts Redis and the played room service, and signs tokens with a key that only tests know.
public final class Scene implements QuarkusTestResourceLifecycleManager {

    private static final String KEY_ID = "test-key";
    private static final String AUTH_SECRET = "played-auth-service";
    private static final KeyPair KEYS = newKeys();

    private static RedisServer redis;
    private static PlayedRoomService roomService;
    private static PlayedAuthService authService;
    private static Path directory;

    public static RedisServer redis() {
        return redis;
    }

    public static PlayedRoomService roomService() {
        return roomService;
    }

    public static PlayedAuthService authService() {
        return authService;
    }

    /// What signs its tokens.
    public static KeyPair keys() {
        return KEYS;
    }

    /// A token as the auth service would issue it.
    public static String token(UserId user) {
        return sign(claims(user, Instant.now().plusSeconds(900)));
    }

    public static String token(UserId user, Instant expiresAt) {
        return sign(claims(user, expiresAt));
    }

    /// A token of a known session.
    public static String token(UserId user, SessionId session) {
        return sign(
                claims(user, Instant.now().plusSeconds(900)).claim(AccessTokenNames.SESSION_ID, session.toString()));
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
        authService = new PlayedAuthService("gateway", AUTH_SECRET);
        var settings = new HashMap<String, String>();
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        settings.put("quarkus.redis.hosts", redis.uri());
        settings.put("parley.gateway.room-service.url", roomService.url());
        settings.put("parley.gateway.room-service.secret", PlayedRoomService.SECRET);
        settings.put("parley.auth-service.url", authService.url());
        settings.put("parley.auth-service.secret", AUTH_SECRET);
        settings.put("parley.auth.jwks-url", jwks().toUri().toString());
        settings.put("parley.allowed-origins", "https://app.example.org");
        settings.put("parley.gateway.socket.drain-spread", "100ms");
        settings.put("parley.gateway.socket.return-spread", "100ms");
        settings.put("parley.gateway.typing.lapse", "1500ms");
        settings.put("parley.gateway.typing.renewal", "300ms");
        return settings;
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

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    @Override
    public void stop() {
        authService.close();
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
