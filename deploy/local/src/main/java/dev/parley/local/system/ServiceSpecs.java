package dev.parley.local.system;

import dev.parley.local.ingress.Backends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The three services as they are run on this machine: packaged files, ports, and who knows which secret.
final class ServiceSpecs {

    private static final List<String> AUTH_LIMITS = List.of(
            "PASSWORD_PER_ACCOUNT",
            "LOGIN_PER_ADDRESS",
            "REGISTER_PER_ADDRESS",
            "MAIL_PER_ACCOUNT",
            "MAIL_PER_ADDRESS",
            "REFRESH_PER_ADDRESS",
            "PROFILE_PER_ACCOUNT",
            "SEARCH_PER_ACCOUNT",
            "SEARCH_PER_ADDRESS");

    private static final List<String> GATEWAY_RATES =
            List.of("UPGRADES_PER_ADDRESS", "MESSAGES_PER_USER", "MESSAGES_PER_ADDRESS", "FRAMES_PER_SOCKET");

    private final SystemOptions options;
    private final Secrets secrets;
    private final DatabaseAccess databases;
    private final String redisUrl;

    /// @param redisUrl of the embedded or the external Redis
    ServiceSpecs(SystemOptions options, Secrets secrets, DatabaseAccess databases, String redisUrl) {
        this.options = options;
        this.secrets = secrets;
        this.databases = databases;
        this.redisUrl = redisUrl;
    }

    ServiceSpec auth() {
        Ports ports = options.ports();
        Map<String, String> environment = common(ports.auth(), ports.authManagement());
        environment.putAll(databases.environment("auth"));
        environment.put("PARLEY_AUTH_SIGNING_KEY", secrets.signingKey().toString());
        environment.put("PARLEY_INTERNAL_CREDENTIALS_ROOM", internalSecret("room"));
        environment.put("PARLEY_INTERNAL_CREDENTIALS_GATEWAY", internalSecret("gateway"));
        environment.put("QUARKUS_MAILER_HOST", "localhost");
        environment.put("QUARKUS_MAILER_PORT", Integer.toString(ports.smtp()));
        // Tests and load tools come from one address: a thousand registrations and logins a minute.
        for (String limit : AUTH_LIMITS) {
            environment.put("PARLEY_THROTTLE_" + limit, "1000/1m");
        }
        environment.put("PARLEY_THROTTLE_TICKET_PER_ACCOUNT", "10000/1m");
        environment.put("PARLEY_THROTTLE_TICKET_PER_ADDRESS", "10000/1m");
        return spec("auth-service", 0, "auth   ", ports.authManagement(), "384m", environment);
    }

    private ServiceSpec room(int index) {
        Ports ports = options.ports();
        Backends.Instance instance = ports.rooms().get(index);
        Map<String, String> environment = common(instance.port(), instance.managementPort());
        environment.putAll(databases.environment("room"));
        environment.put("PARLEY_INTERNAL_CREDENTIALS_GATEWAY", internalSecret("gateway"));
        environment.putAll(authService("room"));
        environment.put("PARLEY_ROOMS_CREATION_PER_ACCOUNT", "10000/1m");
        environment.put("PARLEY_ROOMS_CREATION_PER_ADDRESS", "10000/1m");
        environment.put("PARLEY_SEARCH_PER_ACCOUNT", "10000/1m");
        environment.put("PARLEY_SEARCH_PER_ADDRESS", "10000/1m");
        return spec("room-service", index, "room   ", instance.managementPort(), "384m", environment);
    }

    /// Gateways ask the room services in turn: the i-th asks the i-th.
    private ServiceSpec gateway(int index) {
        Ports ports = options.ports();
        Backends.Instance instance = ports.gateways().get(index);
        Map<String, String> environment = common(instance.port(), instance.managementPort());
        Backends.Instance room = ports.rooms().get(index % ports.rooms().size());
        environment.put("PARLEY_GATEWAY_ROOM_SERVICE_URL", "http://localhost:" + room.managementPort());
        environment.put("PARLEY_GATEWAY_ROOM_SERVICE_SECRET", internalSecret("gateway"));
        environment.putAll(authService("gateway"));
        environment.put("PARLEY_GATEWAY_LIMIT_SOCKETS_PER_USER", "100000");
        for (String limit : GATEWAY_RATES) {
            environment.put("PARLEY_GATEWAY_LIMIT_" + limit, "100000/1s");
        }
        return spec("messaging-gateway", index, "gateway", instance.managementPort(), "512m", environment);
    }

    List<ServiceSpec> all() {
        List<ServiceSpec> all = new ArrayList<>(List.of(auth()));
        for (int i = 0; i < options.ports().rooms().size(); i++) {
            all.add(room(i));
        }
        for (int i = 0; i < options.ports().gateways().size(); i++) {
            all.add(gateway(i));
        }
        return all;
    }

    private ServiceSpec spec(
            String name, int index, String label, int managementPort, String heap, Map<String, String> environment) {
        Path jar = options.installation().resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StartException(name + " is not built: " + jar + " is missing");
        }
        environment.putAll(options.settings());
        String instance = index == 0 ? "" : "-" + (index + 1);
        return new ServiceSpec(name + instance, label + instance, jar, managementPort, heap, Map.copyOf(environment));
    }

    private Map<String, String> authService(String caller) {
        return Map.of(
                "PARLEY_AUTH_SERVICE_URL",
                "http://localhost:" + options.ports().authManagement(),
                "PARLEY_AUTH_SERVICE_SECRET",
                internalSecret(caller));
    }

    private String internalSecret(String caller) {
        return secrets.secret("internal-" + caller);
    }

    /// Services listen on the loopback interface only; the ingress is the one way in and names the client to them.
    private Map<String, String> common(int port, int managementPort) {
        Ports ports = options.ports();
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
        environment.put("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        // The launcher asks for readiness all the time while a service starts; each "not yet" would be a line.
        environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
        environment.put("QUARKUS_REDIS_HOSTS", redisUrl);
        environment.put("PARLEY_PUBLIC_URL", "http://localhost:" + ports.ingress());
        environment.put("PARLEY_AUTH_JWKS_URL", "http://localhost:" + ports.auth() + "/auth/.well-known/jwks.json");
        return environment;
    }
}
