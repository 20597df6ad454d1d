package dev.parley.kit.limit;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Finds out who is on the other end: the address of the connection or, where that is a proxy of ours, the last one
/// in `X-Forwarded-For` that is not. What stands further left was written by whoever sent the request.
@ApplicationScoped
public class ClientAddress {

    /// A subscriber gets a /64 at least (RFC 6177), so one IPv6 address says nothing.
    private static final int IPV6_PREFIX_BYTES = 8;

    private final List<Network> proxies;

    ClientAddress(NetworkConfig config) {
        this.proxies = config.trustedProxies().stream().map(Network::parse).toList();
    }

    /// What a limit counts by: an IPv4 address or an IPv6 /64, in hexadecimal.
    public String of(HttpServerRequest request) {
        var hops = request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
        // The connection: the request may have been told by Quarkus what the first hop claims.
        return of(request.connection().remoteAddress().hostAddress(), hops);
    }

    /// @param hops of `X-Forwarded-For`, the nearest last
    String of(String peer, List<String> hops) {
        var address = InetAddress.ofLiteral(peer);
        for (int i = hops.size() - 1; i >= 0 && isProxy(address); i--) {
            var hop = parse(hops.get(i));
            if (hop.isEmpty()) {
                break;
            }
            address = hop.get();
        }
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_PREFIX_BYTES));
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<InetAddress> parse(String hop) {
        try {
            return Optional.of(InetAddress.ofLiteral(hop));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
