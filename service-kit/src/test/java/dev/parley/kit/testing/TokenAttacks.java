package dev.parley.kit.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Forged and altered access tokens, each made from a good one by one change: every service refuses them all.
/// Source: RFC 8725 (best practices) and RFC 9068 (access tokens).
public final class TokenAttacks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER = 0;
    private static final int CLAIMS = 1;
    private static final int SIGNATURE = 2;
    private static final String SOMEBODY = "019ab1c2-0000-7000-8000-000000000001";

    private final String good;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final Map<String, String> attacks = new LinkedHashMap<>();

    /// @param good an access token that the service takes
    /// @param keys what it was signed with
    public TokenAttacks(String good, KeyPair keys) {
        this.good = good;
        this.key = keys.getPrivate();
        this.publicKey = keys.getPublic();
    }

    /// The good token, signed anew, with members that nobody knows: it is taken, so the others fail for their change.
    public String control() {
        return signed(header -> header.put("unknown", "x"), claims -> claims.put("unknown", "x"));
    }

    /// The tokens by what is wrong with them.
    public Map<String, String> all() {
        otherAlgorithms();
        otherKeys();
        otherHeaders();
        otherTypesOfToken();
        otherClaims();
        otherTimes();
        alteredTexts();
        return attacks;
    }

    /// Values of `Authorization` that carry the good token in a way that does not count.
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Basic", "Basic " + encode(("user:" + good).getBytes(StandardCharsets.US_ASCII)));
        headers.put("Basic with the token", "Basic " + good);
        headers.put("DPoP", "DPoP " + good);
        headers.put("Token", "Token " + good);
        headers.put("no scheme", good);
        headers.put("no token", "Bearer");
        headers.put("an empty token", "Bearer ");
        headers.put("quoted", "Bearer \"" + good + "\"");
        headers.put("two in one", "Bearer " + good + ", Bearer " + good);
        headers.put("two tokens", "Bearer " + good + " " + good);
        headers.put("scheme twice", "Bearer Bearer " + good);
        headers.put("scheme glued", "Bearer" + good);
        return headers;
    }

    private void otherAlgorithms() {
        for (var algorithm : List.of("none", "None", "NONE", "nOnE", "")) {
            attacks.put("alg " + algorithm, unsigned(algorithm) + ".");
            attacks.put("alg " + algorithm + " with signature", unsigned(algorithm) + "." + part(SIGNATURE));
            attacks.put("alg " + algorithm + " without last part", unsigned(algorithm));
        }
        attacks.put("no alg", signed(header -> header.remove("alg"), claims -> {}));
        attacks.put("alg of another type", signed(header -> header.put("alg", 256), claims -> {}));
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        for (var hmac : Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512")
                .entrySet()) {
            for (var secret : List.of(publicKey.getEncoded(), ascii(pem), ascii(pem.strip()), new byte[] {0})) {
                var input = unsigned(hmac.getKey());
                attacks.put(
                        hmac.getKey() + " keyed with " + secret.length + " public bytes",
                        input + "." + encode(mac(hmac.getValue(), secret, input)));
            }
        }
        for (var algorithm : List.of("RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")) {
            attacks.put(algorithm + " with the signature of RS256", unsigned(algorithm) + "." + part(SIGNATURE));
            attacks.put(algorithm + " with a signature of zeros", unsigned(algorithm) + "." + encode(new byte[64]));
        }
        // CVE-2022-21449: Java took r = s = 0.
        attacks.put("ES256 with zeros in DER", unsigned("ES256") + "." + encode(new byte[] {48, 6, 2, 1, 0, 2, 1, 0}));
        attacks.put("RS512 by the right key", sign("SHA512withRSA", key, unsigned("RS512")));
        attacks.put("RS384 by the right key", sign("SHA384withRSA", key, unsigned("RS384")));
        attacks.put("RS1 by the right key", sign("SHA1withRSA", key, unsigned("RS1")));
        attacks.put("RS256 by the right key, signed with SHA-512", sign("SHA512withRSA", key, unsigned("RS256")));
    }

    private void otherKeys() {
        var own = newKeys();
        for (var kid : List.of(
                object(HEADER).get("kid").textValue(),
                "unknown",
                "",
                "../../../../dev/null",
                "/dev/null",
                "file:///etc/passwd",
                "http://localhost:1/key",
                "x' or '1'='1",
                "\u0000",
                "x".repeat(2_000))) {
            attacks.put(
                    "another key as " + kid.substring(0, Math.min(20, kid.length())),
                    signed(own.getPrivate(), header -> header.put("kid", kid), claims -> {}));
        }
        var jwk = JSON.createObjectNode()
                .put("kty", "RSA")
                .put("kid", "own")
                .put("n", encode(unsignedBytes(((RSAPublicKey) own.getPublic()).getModulus())))
                .put("e", "AQAB");
        attacks.put(
                "a key of one's own in jwk",
                signed(own.getPrivate(), header -> header.put("kid", "own").set("jwk", jwk), claims -> {}));
        attacks.put(
                "a key of one's own in jwk, as ours",
                signed(own.getPrivate(), header -> header.set("jwk", jwk), claims -> {}));
        for (var name : List.of("jku", "x5u")) {
            attacks.put(
                    name,
                    signed(own.getPrivate(), header -> header.put(name, "http://localhost:1/jwks.json"), claims -> {}));
        }
        attacks.put(
                "x5c",
                signed(
                        own.getPrivate(),
                        header -> header.putArray("x5c")
                                .add(encode(own.getPublic().getEncoded())),
                        claims -> {}));
        attacks.put("x5t", signed(own.getPrivate(), header -> header.put("x5t", encode(new byte[20])), claims -> {}));
    }

    private void otherHeaders() {
        attacks.put("unknown kid", signed(header -> header.put("kid", "unknown"), claims -> {}));
        attacks.put("no kid", signed(header -> header.remove("kid"), claims -> {}));
        attacks.put("kid of another type", signed(header -> header.put("kid", 1), claims -> {}));
        attacks.put("crit", signed(header -> header.putArray("crit").add("exp"), claims -> {}));
        attacks.put("unknown crit", signed(header -> header.putArray("crit").add("x"), claims -> {}));
        attacks.put("empty crit", signed(header -> header.putArray("crit"), claims -> {}));
        attacks.put(
                "b64 false",
                signed(header -> header.put("b64", false).putArray("crit").add("b64"), claims -> {}));
    }

    private void otherTypesOfToken() {
        for (var type : List.of("JWT", "at+JWS", "refresh+jwt", "", "id_token", "logout+jwt", "dpop+jwt")) {
            attacks.put("typ " + type, signed(header -> header.put("typ", type), claims -> {}));
        }
        attacks.put("no typ", signed(header -> header.remove("typ"), claims -> {}));
        attacks.put("typ of another type", signed(header -> header.put("typ", 1), claims -> {}));
        attacks.put("a refresh token", encode(new byte[32]));
        attacks.put("a ticket that was never given", "tkt_" + encode(new byte[32]));
        attacks.put(
                "nested",
                sign(
                        "SHA256withRSA",
                        key,
                        encode(header(header -> header.put("cty", "JWT"))) + "." + encode(ascii(good))));
        attacks.put(
                "encrypted",
                encode(ascii("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"typ\":\"at+jwt\"}")) + "."
                        + encode(new byte[256]) + "." + encode(new byte[12]) + "." + part(CLAIMS) + "."
                        + encode(new byte[16]));
        attacks.put(
                "encrypted directly",
                encode(ascii("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")) + ".." + encode(new byte[12]) + "."
                        + part(CLAIMS) + "." + encode(new byte[16]));
        attacks.put("JSON serialisation", "{\"payload\":\"" + part(CLAIMS) + "\"}");
    }

    private void otherClaims() {
        for (var name : List.of("iss", "aud", "sub", "sid", "exp", "upn", "iat", "jti")) {
            attacks.put("no " + name, signed(header -> {}, claims -> claims.remove(name)));
            attacks.put(name + " an object", signed(header -> {}, claims -> claims.putObject(name)));
            attacks.put(name + " null", signed(header -> {}, claims -> claims.putNull(name)));
            attacks.put(name + " true", signed(header -> {}, claims -> claims.put(name, true)));
        }
        for (var name : List.of("iss", "aud", "sub", "sid")) {
            attacks.put("another " + name, signed(header -> {}, claims -> claims.put(name, "x")));
            attacks.put("empty " + name, signed(header -> {}, claims -> claims.put(name, "")));
        }
        attacks.put(
                "aud of others",
                signed(header -> {}, claims -> claims.putArray("aud").add("x").add("y")));
        attacks.put("iss with more", signed(header -> {}, claims -> claims.put("iss", "parley.evil.example")));
        attacks.put("sub in another spelling", signed(header -> {}, claims -> claims.put("sub", "{" + SOMEBODY + "}")));
        attacks.put(
                "claims twice",
                rawClaims("{\"sub\":\"" + SOMEBODY + "\"," + text(CLAIMS).substring(1)));
        attacks.put("claims an array", rawClaims("[" + text(CLAIMS) + "]"));
        attacks.put("claims null", rawClaims("null"));
        attacks.put("claims empty", rawClaims("{}"));
        attacks.put("claims no JSON", rawClaims("x"));
        attacks.put("claims with more behind", rawClaims(text(CLAIMS) + "{}"));
        attacks.put("claims nested deeply", rawClaims("{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}"));
    }

    private void otherTimes() {
        var now = System.currentTimeMillis() / 1_000;
        attacks.put("expired", signed(header -> {}, claims -> claims.put("exp", now - 5)));
        attacks.put("long expired", signed(header -> {}, claims -> claims.put("exp", 0)));
        attacks.put("exp negative", signed(header -> {}, claims -> claims.put("exp", -1)));
        attacks.put("exp a text", signed(header -> {}, claims -> claims.put("exp", String.valueOf(now + 900))));
        attacks.put("exp beyond all numbers", rawClaims(text(CLAIMS).replaceFirst("\"exp\":\\d+", "\"exp\":1e400")));
        attacks.put("not before", signed(header -> {}, claims -> claims.put("nbf", now + 600)));
        attacks.put("nbf a text", signed(header -> {}, claims -> claims.put("nbf", "soon")));
        attacks.put("issued in the future", signed(header -> {}, claims -> claims.put("iat", now + 600)));
    }

    private void alteredTexts() {
        var header = part(HEADER);
        var claims = part(CLAIMS);
        var signature = part(SIGNATURE);
        attacks.put("nothing", "");
        attacks.put("dots", "..");
        attacks.put("no signature", header + "." + claims + ".");
        attacks.put("two parts", header + "." + claims);
        attacks.put("four parts", good + ".x");
        attacks.put("five parts", good + ".x.x");
        attacks.put("twice", good + good);
        attacks.put("signature cut", good.substring(0, good.length() - 4));
        attacks.put("signature of zeros", header + "." + claims + "." + encode(new byte[256]));
        attacks.put("header and claims swapped", claims + "." + header + "." + signature);
        attacks.put(
                "claims of another",
                header + "."
                        + encode(ascii(text(CLAIMS).replaceFirst("\"sub\":\"[^\"]+\"", "\"sub\":\"" + SOMEBODY + "\"")))
                        + "." + signature);
        attacks.put("empty claims", header + ".." + signature);
        attacks.put("empty header", "." + claims + "." + signature);
        attacks.put("header no JSON", encode(ascii("x")) + "." + claims + "." + signature);
        attacks.put("padded", good + "=");
        attacks.put("padded twice", good + "==");
        attacks.put("header padded", header + "=." + claims + "." + signature);
        attacks.put("a space inside", header + ". " + claims + "." + signature);
        attacks.put("a tab inside", header + "." + claims + ".\t" + signature);
        attacks.put("a foreign character inside", header + "." + claims + ".*" + signature);
        attacks.put("unused bits set", good.substring(0, good.length() - 1) + nextTo(good.charAt(good.length() - 1)));
        attacks.put("plain Base64", good.replace('-', '+').replace('_', '/') + "+");
        attacks.put("very long", "a".repeat(8_000) + "." + claims + "." + signature);
    }

    /// The last character of 256 bytes has four bits that mean nothing; of other lengths it is another signature.
    private static char nextTo(char last) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet.charAt(alphabet.indexOf(last) ^ 1);
    }

    private String unsigned(String algorithm) {
        return encode(header(header -> header.put("alg", algorithm))) + "." + part(CLAIMS);
    }

    private String rawClaims(String claims) {
        return sign("SHA256withRSA", key, part(HEADER) + "." + encode(claims.getBytes(StandardCharsets.UTF_8)));
    }

    private String signed(Consumer<ObjectNode> header, Consumer<ObjectNode> claims) {
        return signed(key, header, claims);
    }

    private String signed(PrivateKey by, Consumer<ObjectNode> changeHeader, Consumer<ObjectNode> changeClaims) {
        var claims = object(CLAIMS);
        changeClaims.accept(claims);
        return sign("SHA256withRSA", by, encode(header(changeHeader)) + "." + encode(bytes(claims)));
    }

    private byte[] header(Consumer<ObjectNode> change) {
        var header = object(HEADER);
        change.accept(header);
        return bytes(header);
    }

    private ObjectNode object(int index) {
        try {
            return (ObjectNode) JSON.readTree(text(index));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a token", e);
        }
    }

    private String text(int index) {
        return new String(Base64.getUrlDecoder().decode(part(index)), StandardCharsets.UTF_8);
    }

    private String part(int index) {
        return good.split("\\.", -1)[index];
    }

    private static byte[] bytes(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(String algorithm, PrivateKey key, String input) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(ascii(input));
            return input + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(String algorithm, byte[] secret, String input) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(ascii(input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsignedBytes(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
