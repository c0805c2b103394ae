package org.farwatch.api.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code farwatch.http.*} beside address and port, which are Spring's own.
 *
 * @param trustedProxies addresses and networks ({@code 10.1.0.0/16}) of the proxies in front, whose
 *     {@code X-Forwarded-For}, {@code -Proto} and {@code -Port} count; kept as networks, empty when nobody's do
 */
@ConfigurationProperties("farwatch.http")
record HttpSettings(List<String> trustedProxies) {
    HttpSettings {
        trustedProxies = trustedProxies == null
                ? List.of()
                : trustedProxies.stream().map(HttpSettings::network).toList();
    }

    private static String network(String given) {
        String[] parts = given.strip().split("/", 2);
        try {
            // Of a literal, never of a name: who answers for a name is not for this service to trust.
            InetAddress address = InetAddress.ofLiteral(parts[0]);
            int bits = address instanceof Inet4Address ? 32 : 128;
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (prefix < 1 || prefix > bits) {
                throw new IllegalArgumentException("a prefix is 1 to " + bits + " bits long");
            }
            return address.getHostAddress() + "/" + prefix;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "farwatch.http.trusted-proxies must hold addresses or networks such as 10.0.0.5 or 10.1.0.0/16,"
                            + " was " + given,
                    e);
        }
    }
}
