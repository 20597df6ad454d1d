package dev.parley.model.token;

/// Header and claim names of an access token. Source: RFC 9068 and RFC 7519.
public final class AccessTokenNames {

    /// The header `typ`, which keeps other JWTs of the same issuer from passing as access tokens (RFC 9068 §2.1).
    public static final String TYPE = "at+jwt";

    /// The only signature algorithm that any service makes or takes (RFC 8725 §3.1).
    public static final String ALGORITHM = "RS256";

    /// The claim `aud`.
    public static final String AUDIENCE = "parley";

    /// The [dev.parley.model.id.SessionId] the token belongs to.
    public static final String SESSION_ID = "sid";

    /// The username at the time of issue.
    public static final String USERNAME = "upn";

    /// Required by RFC 9068; Parley has one client, its own API.
    public static final String CLIENT_ID = "client_id";

    private AccessTokenNames() {}
}
