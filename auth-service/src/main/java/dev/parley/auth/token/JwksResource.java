package dev.parley.auth.token;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;

/// The public keys as a JWK Set (RFC 7517).
@Path("/auth/.well-known/jwks.json")
@Tag(name = "Keys")
class JwksResource {

    /// Verifiers re-read within this time. With the time until a replica has read its file again
    /// (`parley.auth.signing-key-interval`) it has to stay below 5 minutes: by then a key taken out is refused.
    private static final String CACHE_CONTROL = "public, max-age=240";

    /// What the document says the set looks like; jose4j writes it.
    @Schema(name = "JwkSet")
    record KeySet(List<Key> keys) {}

    @Schema(name = "Jwk")
    record Key(String kty, String kid, String use, String alg, String n, String e) {}

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getJwks", summary = "The public keys that verify access tokens")
    @APIResponse(
            responseCode = "200",
            description = "A JWK Set (RFC 7517)",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = KeySet.class)))
    public Response get() {
        var set = new JsonWebKeySet(
                keys.published().stream().map(JwksResource::jwk).toList());
        return Response.ok(set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .build();
    }

    private static RsaJsonWebKey jwk(SigningKey key) {
        var jwk = new RsaJsonWebKey(key.publicKey());
        jwk.setKeyId(key.id());
        jwk.setUse("sig");
        jwk.setAlgorithm("RS256");
        return jwk;
    }
}
