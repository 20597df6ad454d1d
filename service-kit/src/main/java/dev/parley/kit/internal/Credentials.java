package dev.parley.kit.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The credentials of the services that call this one, sent as HTTP Basic (RFC 7617): the caller's name and a secret.
record Credentials(Map<String, List<String>> secretsByCaller) {

    /// Whether an `Authorization` header names a known caller and one of its secrets.
    /// Compares in constant time and looks at every secret, so that time tells nothing of them.
    boolean accept(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        byte[] given;
        try {
            given = Base64.getDecoder().decode(authorization.substring(6).strip());
        } catch (IllegalArgumentException e) {
            return false;
        }
        var accepted = false;
        for (var caller : secretsByCaller.entrySet()) {
            for (var secret : caller.getValue()) {
                var expected = (caller.getKey() + ":" + secret).getBytes(StandardCharsets.UTF_8);
                accepted |= !secret.isEmpty() && MessageDigest.isEqual(expected, given);
            }
        }
        return accepted;
    }
}
