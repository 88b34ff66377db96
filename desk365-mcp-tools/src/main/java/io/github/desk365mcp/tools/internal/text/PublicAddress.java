package io.github.desk365mcp.tools.internal.text;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Distinguishes public internet addresses from those of this machine, private networks and cloud metadata services. The
 * ranges are from IANA's registries of special-purpose addresses.
 */
public final class PublicAddress {

    private static final Range[] NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    // Azure's metadata service has a public address.
                    "168.63.129.16/32")
            .map(Range::of)
            .toArray(Range[]::new);

    /** The range for global unicast; all other IPv6 addresses are special. */
    private static final Range GLOBAL_6 = Range.of("2000::/3");

    private static final Range[] NOT_PUBLIC_6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(Range::of)
            .toArray(Range[]::new);

    /** IPv4 addresses embedded in IPv6; other embeddings are for tunnels and are not supported. */
    private static final Range NAT64 = Range.of("64:ff9b::/96");

    private PublicAddress() {}

    public static boolean is(InetAddress address) {
        if (address instanceof Inet4Address) {
            return Stream.of(NOT_PUBLIC).noneMatch(range -> range.has(address.getAddress()));
        }
        if (!(address instanceof Inet6Address)) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (NAT64.has(bytes)) {
            byte[] four = Arrays.copyOfRange(bytes, 12, 16);
            return Stream.of(NOT_PUBLIC).noneMatch(range -> range.has(four));
        }
        return GLOBAL_6.has(bytes) && Stream.of(NOT_PUBLIC_6).noneMatch(range -> range.has(bytes));
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Range(byte[] start, int bits) {

        static Range of(String text) {
            String[] halves = text.split("/", -1);
            try {
                // A literal address, so no name is resolved.
                return new Range(InetAddress.getByName(halves[0]).getAddress(), Integer.parseInt(halves[1]));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean has(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
