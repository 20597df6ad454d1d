package dev.parley.local.system;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Servers that run already and are used instead of embedded ones.
///
/// @param postgres see [Postgres]
/// @param redis a Redis URL, as `redis://:password@host:6379`
public record ExternalServers(Optional<Postgres> postgres, Optional<String> redis) {

    /// The variables that name them; their values hold passwords and are passed on to no service.
    public static final String POSTGRES_VARIABLE = "PARLEY_POSTGRES_URL";

    public static final String REDIS_VARIABLE = "PARLEY_REDIS_URL";

    /// A PostgreSQL 18 and an account on it that may create roles and databases.
    ///
    /// @param address host and port, as `db.example.org:5432`
    /// @param database a database that exists, to connect to
    public record Postgres(String address, String database, String user, String password) {

        String jdbcUrl(String name) {
            return "jdbc:postgresql://" + address + "/" + name;
        }

        @Override
        public String toString() {
            return address;
        }
    }

    public static ExternalServers none() {
        return new ExternalServers(Optional.empty(), Optional.empty());
    }

    /// Reads the environment.
    ///
    /// @throws StartException if a variable is not a URL of the shape expected
    public static ExternalServers from(Map<String, String> environment) {
        return new ExternalServers(
                value(environment, POSTGRES_VARIABLE).map(ExternalServers::postgres),
                value(environment, REDIS_VARIABLE).map(ExternalServers::redis));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static Postgres postgres(String text) {
        URI uri = parse(text, POSTGRES_VARIABLE, "postgresql", "postgresql://user:password@host:5432/postgres");
        String[] account = String.valueOf(uri.getRawUserInfo()).split(":", 2);
        if (account.length != 2) {
            throw new StartException(POSTGRES_VARIABLE + " needs a user and a password");
        }
        String path = uri.getPath();
        return new Postgres(
                uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort()),
                path.length() > 1 ? path.substring(1) : "postgres",
                decode(account[0]),
                decode(account[1]));
    }

    private static String redis(String text) {
        return parse(text, REDIS_VARIABLE, "redis", "redis://:password@host:6379")
                .toString();
    }

    /// The value itself is not in the message: it may hold a password.
    private static URI parse(String text, String variable, String scheme, String shape) {
        try {
            URI uri = URI.create(text);
            if (scheme.equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            throw new StartException(variable + " must look like " + shape);
        }
        throw new StartException(variable + " must look like " + shape);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
