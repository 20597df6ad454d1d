package dev.parley.kit.limit;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses in CIDR notation (RFC 4632): `10.0.0.0/8`, `2001:db8::/32`.
final class Network {

    private final byte[] base;
    private final int prefixBits;

    private Network(byte[] base, int prefixBits) {
        this.base = base;
        this.prefixBits = prefixBits;
    }

    /// @throws IllegalArgumentException if `cidr` is no range
    static Network parse(String cidr) {
        var slash = cidr.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash))
                .getAddress();
        var bits = slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("not a network: " + cidr);
        }
        return new Network(mask(address, bits), bits);
    }

    boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        return bytes.length == base.length && Arrays.equals(base, mask(bytes, prefixBits));
    }

    /// The first `bits` of an address, the rest zero.
    static byte[] mask(byte[] address, int bits) {
        var masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            var kept = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] = (byte) (address[i] & (0xff << (8 - kept)));
        }
        return masked;
    }
}
