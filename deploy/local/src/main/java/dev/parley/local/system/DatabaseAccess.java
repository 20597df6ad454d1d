package dev.parley.local.system;

import dev.parley.embedded.DatabaseOwners;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The two databases, each with a user of its own: `parley_auth` and `parley_room`.
///
/// @param jdbcUrl makes the URL of a database from its name
record DatabaseAccess(UnaryOperator<String> jdbcUrl, Secrets secrets) {

    /// Makes what is missing and gives the roles the passwords kept in the data directory.
    void create(DatabaseOwners server) {
        for (String service : new String[] {"auth", "room"}) {
            server.create(name(service), name(service), password(service));
        }
    }

    Map<String, String> environment(String service) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl.apply(name(service)),
                "QUARKUS_DATASOURCE_USERNAME", name(service),
                "QUARKUS_DATASOURCE_PASSWORD", password(service));
    }

    private static String name(String service) {
        return "parley_" + service;
    }

    private String password(String service) {
        return secrets.secret("database-" + service);
    }
}
