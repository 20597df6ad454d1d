package dev.parley.local.system;

import dev.parley.embedded.FreePorts;
import dev.parley.local.ingress.Backends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        int smtp,
        List<Backends.Instance> moreRooms,
        List<Backends.Instance> moreGateways) {

    /// One instance of each service.
    public Ports(
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
        this(
                ingress,
                auth,
                room,
                gateway,
                authManagement,
                roomManagement,
                gatewayManagement,
                postgres,
                redis,
                smtp,
                List.of(),
                List.of());
    }

    /// All instances of the room service.
    List<Backends.Instance> rooms() {
        return all(new Backends.Instance(room, roomManagement), moreRooms);
    }

    /// All instances of the gateway.
    List<Backends.Instance> gateways() {
        return all(new Backends.Instance(gateway, gatewayManagement), moreGateways);
    }

    private Ports with(List<Backends.Instance> rooms, List<Backends.Instance> gateways) {
        return new Ports(
                ingress,
                auth,
                room,
                gateway,
                authManagement,
                roomManagement,
                gatewayManagement,
                postgres,
                redis,
                smtp,
                rooms,
                gateways);
    }

    private static List<Backends.Instance> all(Backends.Instance first, List<Backends.Instance> more) {
        return Stream.concat(Stream.of(first), more.stream()).toList();
    }

    private static List<Backends.Instance> count(int instances, IntFunction<Backends.Instance> another) {
        return IntStream.range(1, instances).mapToObj(another).toList();
    }

    /// The ports of `./parley up --port N`: the ingress on N, the services on N+1 to N+3, PostgreSQL, Redis and SMTP
    /// on N+4 to N+6, the services' management ports on N+1001 to N+1003.
    ///
    /// @throws StartException if they do not all lie between 1 and 65535
    public static Ports from(int base) {
        if (base < 1 || base + 1_083 > 65_535) {
            throw new StartException("--port must lie between 1 and 64452, as ports up to N+1083 may be used");
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

    /// The same with more instances: the i-th room service and gateway are on 10 × i above the first.
    ///
    /// @param rooms how many room services, 1 to 9
    /// @param gateways how many gateways, 1 to 9
    /// @throws StartException if there are more, or less
    public static Ports from(int base, int rooms, int gateways) {
        if (rooms < 1 || rooms > 9 || gateways < 1 || gateways > 9) {
            throw new StartException("--rooms and --gateways must lie between 1 and 9");
        }
        Ports ports = from(base);
        return ports.with(
                count(rooms, i -> new Backends.Instance(ports.room + 10 * i, ports.roomManagement + 10 * i)),
                count(gateways, i -> new Backends.Instance(ports.gateway + 10 * i, ports.gatewayManagement + 10 * i)));
    }

    /// Free ports for several instances, for tests.
    public static Ports free(int rooms, int gateways) {
        IntFunction<Backends.Instance> another = i -> new Backends.Instance(FreePorts.next(), FreePorts.next());
        return free().with(count(rooms, another), count(gateways, another));
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
        for (int i = 0; i < moreRooms.size(); i++) {
            uses.put("room-service-" + (i + 2), moreRooms.get(i).port());
            uses.put(
                    "room-service-" + (i + 2) + " (management)",
                    moreRooms.get(i).managementPort());
        }
        for (int i = 0; i < moreGateways.size(); i++) {
            uses.put("messaging-gateway-" + (i + 2), moreGateways.get(i).port());
            uses.put(
                    "messaging-gateway-" + (i + 2) + " (management)",
                    moreGateways.get(i).managementPort());
        }
        uses.put("PostgreSQL", postgres);
        uses.put("Redis", redis);
        uses.put("SMTP", smtp);
        return uses;
    }
}
