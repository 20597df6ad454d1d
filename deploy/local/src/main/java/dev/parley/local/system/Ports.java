package dev.parley.local.system;

import dev.parley.embedded.FreePorts;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every port of a system. Management ports carry health, metrics and `/internal`.
public record Ports(
        int ingress,
        int auth,
        int room,
        int gateway,
        int authManagement,
        int roomManagement,
        int gatewayManagement,
        int postgres,
        int redis,
        int smtp) {

    /// The ports of `./parley up --port N`: the ingress on N, the services on N+1 to N+3, PostgreSQL, Redis and SMTP
    /// on N+4 to N+6, the services' management ports on N+1001 to N+1003.
    ///
    /// @throws StartException if they do not all lie between 1 and 65535
    public static Ports from(int base) {
        if (base < 1 || base + 1_003 > 65_535) {
            throw new StartException("--port must lie between 1 and 64532, as ports up to N+1003 are used");
        }
        return new Ports(
                base,
                base + 1,
                base + 2,
                base + 3,
                base + 1_001,
                base + 1_002,
                base + 1_003,
                base + 4,
                base + 5,
                base + 6);
    }

    /// Ports that are free at the moment, for tests.
    public static Ports free() {
        return new Ports(
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next());
    }

    /// What each port is for, in the order of a person's interest.
    Map<String, Integer> byUse() {
        Map<String, Integer> uses = new LinkedHashMap<>();
        uses.put("the ingress", ingress);
        uses.put("auth-service", auth);
        uses.put("room-service", room);
        uses.put("messaging-gateway", gateway);
        uses.put("auth-service (management)", authManagement);
        uses.put("room-service (management)", roomManagement);
        uses.put("messaging-gateway (management)", gatewayManagement);
        uses.put("PostgreSQL", postgres);
        uses.put("Redis", redis);
        uses.put("SMTP", smtp);
        return uses;
    }
}
