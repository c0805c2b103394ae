package org.farwatch.ingest.media.rtsp;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.farwatch.ingest.media.pull.PullSource;

/**
 * Where a camera is.
 *
 * @param url without user and password, as requests name it
 * @param user empty where there is none; {@code password} likewise
 */
record RtspAddress(String url, String host, int port, String user, String password) {
    private static final int PORT = 554;

    /** @param url that {@code PullSource} took */
    static RtspAddress of(String url) {
        URI uri = URI.create(url);
        String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = login.indexOf(':');
        String bare = login.isEmpty() ? url : url.replaceFirst("//[^/@]*@", "//");
        return new RtspAddress(
                bare,
                host(uri.getHost()),
                uri.getPort() < 0 ? PORT : uri.getPort(),
                plain(colon < 0 ? login : login.substring(0, colon)),
                plain(colon < 0 ? "" : login.substring(colon + 1)));
    }

    /** An address of IPv6 stands in brackets. */
    private static String host(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** A plus is one here. */
    private static String plain(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean hasLogin() {
        return !user.isEmpty();
    }

    /** Without its secrets, for logs. */
    @Override
    public String toString() {
        return PullSource.hidden(url);
    }
}
