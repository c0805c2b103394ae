package org.farwatch.ingest.media.pull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a stream is fetched from.
 *
 * @param url with user and password where the source wants them
 * @param transport of RTSP
 * @param loop whether a file begins again at its end
 * @param further hosts to which it may lead beside its own, in small letters
 */
public record PullSource(String url, Transport transport, boolean loop, Set<String> further) implements StreamSource {
    private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps", "rtmp", "http", "https", "file");
    private static final String OVER_UDP = "transport=udp";
    private static final int MAX_LENGTH = 2_000;
    private static final Pattern PASSWORD = Pattern.compile("(://[^/@:]*:)[^/@]*@");
    private static final Pattern NAMED = Pattern.compile(
            "([?&;/](?:[\\w.-]*(?:passw(?:or)?d|pwd|token|secret|signature|apikey)|pass|key|sign|auth)=)[^&;/#]+",
            Pattern.CASE_INSENSITIVE);

    /** Stands for what is not shown. */
    public static final String HIDDEN = "…";

    /** How RTSP's media travel. */
    public enum Transport {
        /** Interleaved in the RTSP connection; as datagrams only where the source refuses that. */
        TCP,
        UDP
    }

    /**
     * Reads an address. {@code ?loop=true} of a file and {@code transport=udp} in the query of RTSP are ours and are taken
     * off.
     *
     * @throws IllegalArgumentException saying what is wrong, the password not repeated
     */
    public static PullSource parse(String address) {
        if (address.length() > MAX_LENGTH || address.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("must have no spaces and at most " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL: " + e.getReason(), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    "must begin with rtsp:, rtsps:, rtmp:, http:, https: or file:, was " + scheme + ":");
        }
        boolean file = scheme.equals("file");
        if (file ? uri.getPath() == null : uri.getHost() == null) {
            throw new IllegalArgumentException(file ? "names no file" : "names no host");
        }
        boolean rtsp = scheme.startsWith("rtsp");
        boolean loop = file && "loop=true".equals(uri.getQuery());
        if (file && uri.getRawQuery() != null) {
            return new PullSource(address.substring(0, address.indexOf('?')), Transport.TCP, loop, Set.of());
        }
        List<String> query = uri.getRawQuery() == null
                ? List.of()
                : List.of(uri.getRawQuery().split("&"));
        if (!rtsp || !query.contains(OVER_UDP)) {
            return new PullSource(address, Transport.TCP, loop, Set.of());
        }
        String theirs = query.stream().filter(each -> !each.equals(OVER_UDP)).collect(Collectors.joining("&"));
        String bare = address.substring(0, address.indexOf('?'));
        return new PullSource(theirs.isEmpty() ? bare : bare + "?" + theirs, Transport.UDP, loop, Set.of());
    }

    /** The same, which may lead to these hosts too: by redirection, or as the address of a play list names them. */
    public PullSource leadingTo(Collection<String> hosts) {
        return new PullSource(
                url,
                transport,
                loop,
                hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether it may lead to a host: its own on any port, or one of {@link #further}. */
    boolean mayLeadTo(String host) {
        String own = URI.create(url).getHost();
        return host.equalsIgnoreCase(own) || further.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Of any address, also of one that is none: the empty one then, which nothing may lead to. */
    static String host(String address) {
        try {
            String host = new URI(address).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException _) {
            return "";
        }
    }

    boolean isRtsp() {
        return url.regionMatches(true, 0, "rtsp", 0, 4);
    }

    boolean isHttp() {
        return url.regionMatches(true, 0, "http", 0, 4);
    }

    public boolean isFile() {
        return url.regionMatches(true, 0, "file:", 0, 5);
    }

    @Override
    public Connection connect() {
        return new Demuxer(this);
    }

    @Override
    public boolean paced() {
        return isFile();
    }

    /** The path of a file. */
    public String path() {
        return URI.create(url).getPath();
    }

    /** The address without its secrets, for logs and screens. */
    public String shown() {
        return hidden(url);
    }

    /**
     * An address as it may be shown: {@link #HIDDEN} in place of the password, and of what its path or query calls a
     * password, token, key or signature.
     *
     * @param address that {@link #parse} took
     */
    public static String hidden(String address) {
        String host = PASSWORD.matcher(address).replaceFirst("$1" + HIDDEN + "@");
        return NAMED.matcher(host).replaceAll("$1" + HIDDEN);
    }

    @Override
    public String toString() {
        return shown();
    }
}
