package dev.parley.auth.bench;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What signing and verifying an access token costs, by algorithm, with the library that the services use. Look at the
/// medians (`p0.50`): on a busy machine the mean tells of the others.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignatureBench {

    private static final String CLAIMS = """
            {"iss":"parley","aud":"parley","sub":"019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b","upn":"ada.lovelace",\
            "sid":"019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2c","client_id":"parley",\
            "jti":"0f8fad5b-d9cb-469f-a165-70867728950e","iat":1795000000,"exp":1795000900}""";

    @Param({"RS256", "ES256", "EdDSA"})
    private String algorithm = "";

    private Key privateKey;
    private Key publicKey;
    private String token = "";

    @Setup
    public void makeKeys() throws Exception {
        var pair = newPair(algorithm);
        privateKey = pair.getPrivate();
        publicKey = pair.getPublic();
        token = sign();
    }

    private static KeyPair newPair(String algorithm) throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance(
                switch (algorithm) {
                    case "RS256" -> "RSA";
                    case "ES256" -> "EC";
                    default -> "Ed25519";
                });
        switch (algorithm) {
            case "RS256" -> generator.initialize(2048);
            case "ES256" -> generator.initialize(256);
            default -> {
                // Ed25519 has one size
            }
        }
        return generator.generateKeyPair();
    }

    @Benchmark
    public String sign() throws JoseException {
        var signature = new JsonWebSignature();
        signature.setPayload(CLAIMS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue("4Qm0Qm1pZ2h0eS1mYW5jeS1rZXktaWQtb2YtNDM");
        signature.setHeader("typ", "at+jwt");
        signature.setKey(privateKey);
        return signature.getCompactSerialization();
    }

    @Benchmark
    public boolean verify() throws JoseException {
        var signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
        signature.setCompactSerialization(token);
        signature.setKey(publicKey);
        return signature.verifySignature();
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder().include(SignatureBench.class.getName()).build()).run();
    }
}
