package dev.parley.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.auth.Pem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Forged and altered access tokens, each made from a good one by one change. Source: RFC 8725.
@QuarkusTest
@WithTestResource(Backing.class)
class TokenAttacksIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    SigningKeys keys;

    private String good = "";

    @BeforeEach
    void takeAGoodToken() {
        good = AuthApi.register().accessToken();
    }

    @Test
    void takesTheTokenItWasMadeFrom() throws Exception {
        accept(good);
        accept(signed(header -> {}, claims -> {}));
        accept(signed(header -> header.put("unknown", "x"), claims -> claims.put("unknown", "x")));
    }

    @Test
    void refusesOtherAlgorithms() throws Exception {
        var attacks = new LinkedHashMap<String, String>();
        for (var algorithm : List.of("none", "None", "NONE", "nOnE", "")) {
            attacks.put("alg " + algorithm, unsigned(algorithm) + ".");
            attacks.put("alg " + algorithm + " with signature", unsigned(algorithm) + "." + part(good, 2));
            attacks.put("alg " + algorithm + " without last part", unsigned(algorithm));
        }
        var publicKey = keys.current().publicKey().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
                + "\n-----END PUBLIC KEY-----\n";
        for (var hmac : Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512")
                .entrySet()) {
            for (var secret : List.of(
                    publicKey,
                    pem.getBytes(StandardCharsets.US_ASCII),
                    pem.strip().getBytes(StandardCharsets.US_ASCII),
                    new byte[] {0})) {
                var input = unsigned(hmac.getKey());
                attacks.put(
                        hmac.getKey() + " keyed with " + secret.length + " public bytes",
                        input + "." + encode(mac(hmac.getValue(), secret, input)));
            }
        }
        for (var algorithm : List.of("RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")) {
            attacks.put(algorithm + " with the signature of RS256", unsigned(algorithm) + "." + part(good, 2));
            attacks.put(algorithm + " with a signature of zeros", unsigned(algorithm) + "." + encode(new byte[64]));
        }
        attacks.put(
                "RS512 by the right key", sign("SHA512withRSA", keys.current().privateKey(), unsigned("RS512")));
        attacks.put(
                "RS384 by the right key", sign("SHA384withRSA", keys.current().privateKey(), unsigned("RS384")));
        attacks.put("RS1 by the right key", sign("SHA1withRSA", keys.current().privateKey(), unsigned("RS1")));
        assertRefused(attacks);
    }

    @Test
    void refusesOtherKeysAndHeaders() throws Exception {
        var own = SigningKey.parsePem(Pem.newRsaKey(2048)).getFirst();
        var jwk = JSON.createObjectNode()
                .put("kty", "RSA")
                .put("kid", own.id())
                .put("n", encode(own.publicKey().getModulus().toByteArray()))
                .put("e", "AQAB");
        var attacks = new LinkedHashMap<String, String>();
        for (var kid : List.of(own.id(), keys.current().id(), "", "../../dev/null", "x' or '1'='1")) {
            attacks.put(
                    "another key as " + kid, signed(own.privateKey(), header -> header.put("kid", kid), claims -> {}));
        }
        attacks.put(
                "a key of one's own in jwk", signed(own.privateKey(), header -> header.set("jwk", jwk), claims -> {}));
        for (var name : List.of("jku", "x5u")) {
            attacks.put(
                    name, signed(own.privateKey(), header -> header.put(name, "http://localhost:1/"), claims -> {}));
        }
        attacks.put("unknown kid", signed(header -> header.put("kid", "unknown"), claims -> {}));
        attacks.put("no kid", signed(header -> header.remove("kid"), claims -> {}));
        attacks.put("kid of another type", signed(header -> header.put("kid", 1), claims -> {}));
        for (var type : List.of("JWT", "at+JWS", "refresh+jwt", "", "id_token")) {
            attacks.put("typ " + type, signed(header -> header.put("typ", type), claims -> {}));
        }
        attacks.put("no typ", signed(header -> header.remove("typ"), claims -> {}));
        attacks.put("crit", signed(header -> header.putArray("crit").add("exp"), claims -> {}));
        attacks.put("unknown crit", signed(header -> header.putArray("crit").add("x"), claims -> {}));
        attacks.put(
                "b64 false",
                signed(header -> header.put("b64", false).putArray("crit").add("b64"), claims -> {}));
        assertRefused(attacks);
    }

    @Test
    void refusesOtherClaims() throws Exception {
        var now = System.currentTimeMillis() / 1_000;
        var attacks = new LinkedHashMap<String, String>();
        for (var name : List.of("iss", "aud", "sub", "sid", "exp", "upn", "iat", "jti")) {
            attacks.put("no " + name, signed(header -> {}, claims -> claims.remove(name)));
            attacks.put(name + " of another type", signed(header -> {}, claims -> claims.putObject(name)));
            attacks.put(name + " null", signed(header -> {}, claims -> claims.putNull(name)));
        }
        for (var name : List.of("iss", "aud", "sub", "sid")) {
            attacks.put("another " + name, signed(header -> {}, claims -> claims.put(name, "x")));
        }
        attacks.put(
                "another user",
                signed(header -> {}, claims -> claims.put("sub", "019ab1c2-0000-7000-8000-000000000001")));
        attacks.put(
                "another session",
                signed(header -> {}, claims -> claims.put("sid", "019ab1c2-0000-7000-8000-000000000001")));
        attacks.put("expired", signed(header -> {}, claims -> claims.put("exp", now - 5)));
        attacks.put("long expired", signed(header -> {}, claims -> claims.put("exp", 0)));
        attacks.put("exp negative", signed(header -> {}, claims -> claims.put("exp", -1)));
        attacks.put("exp a text", signed(header -> {}, claims -> claims.put("exp", String.valueOf(now + 900))));
        attacks.put("not before", signed(header -> {}, claims -> claims.put("nbf", now + 600)));
        assertRefused(attacks);
    }

    @Test
    void refusesAlteredTexts() {
        var parts = good.split("\\.", -1);
        var attacks = new LinkedHashMap<String, String>();
        attacks.put("no signature", parts[0] + "." + parts[1] + ".");
        attacks.put("two parts", parts[0] + "." + parts[1]);
        attacks.put("four parts", good + ".x");
        attacks.put("five parts", good + ".x.x");
        attacks.put("twice", good + good);
        attacks.put("signature cut", good.substring(0, good.length() - 4));
        attacks.put("signature of zeros", parts[0] + "." + parts[1] + "." + encode(new byte[256]));
        attacks.put("header and claims swapped", parts[1] + "." + parts[0] + "." + parts[2]);
        attacks.put(
                "claims of another", parts[0] + "." + part(AuthApi.register().accessToken(), 1) + "." + parts[2]);
        attacks.put("empty claims", parts[0] + ".." + parts[2]);
        attacks.put("claims no JSON", parts[0] + "." + encode("x".getBytes(StandardCharsets.UTF_8)) + "." + parts[2]);
        attacks.put("very long", "a".repeat(8_000) + "." + parts[1] + "." + parts[2]);
        assertRefused(attacks);
    }

    private void assertRefused(Map<String, String> attacks) {
        var accepted = new ArrayList<String>();
        attacks.forEach((name, token) -> {
            var answer = AuthApi.bearer(token).get("/auth/me/");
            if (answer.statusCode() != 401) {
                accepted.add(name + ": " + answer.statusCode());
            } else {
                answer.then()
                        .contentType("application/problem+json")
                        .header("WWW-Authenticate", startsWith("Bearer"))
                        .body("code", equalTo("unauthenticated"));
            }
        });
        assertThat(accepted).isEmpty();
        assertThat(attacks).hasSizeGreaterThan(10);
    }

    private static void accept(String token) {
        AuthApi.bearer(token).get("/auth/me/").then().statusCode(200);
    }

    private String unsigned(String algorithm) throws Exception {
        var header = object(part(good, 0)).put("alg", algorithm);
        return encode(JSON.writeValueAsBytes(header)) + "." + part(good, 1);
    }

    private String signed(Consumer<ObjectNode> header, Consumer<ObjectNode> claims) throws Exception {
        return signed(keys.current().privateKey(), header, claims);
    }

    private String signed(PrivateKey key, Consumer<ObjectNode> changeHeader, Consumer<ObjectNode> changeClaims)
            throws Exception {
        var header = object(part(good, 0));
        var claims = object(part(good, 1));
        changeHeader.accept(header);
        changeClaims.accept(claims);
        return sign(
                "SHA256withRSA",
                key,
                encode(JSON.writeValueAsBytes(header)) + "." + encode(JSON.writeValueAsBytes(claims)));
    }

    private static String sign(String algorithm, PrivateKey key, String input) throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + encode(signature.sign());
    }

    private static byte[] mac(String algorithm, byte[] secret, String input) throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
    }

    private static ObjectNode object(String part) throws Exception {
        return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static String part(String token, int index) {
        return token.split("\\.", -1)[index];
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
