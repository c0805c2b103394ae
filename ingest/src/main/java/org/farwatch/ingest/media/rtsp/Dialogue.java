package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;

/** Our requests to a camera and its answers, on one connection (RFC 2326, 6 and 7). Owned by the stream's thread. */
final class Dialogue {
    private static final Pattern TIMEOUT = Pattern.compile("timeout=(\\d{1,6})", Pattern.CASE_INSENSITIVE);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);
    private static final int LEAST_TIMEOUT = 4;
    private static final int UNAUTHORISED = 401;

    private final RtspAddress address;
    private final Login login;
    private final RtspLink link;
    private String session;
    private Duration patience = USUAL_TIMEOUT;
    private int sequence;
    private RtspMessage answer;

    Dialogue(RtspAddress address, RtspLink link) {
        this.address = address;
        this.link = link;
        login = new Login(address.user(), address.password());
    }

    /**
     * Asks, and once more with the password where that is demanded.
     *
     * @param end of the wait for its answer, {@link System#nanoTime}
     */
    RtspMessage ask(String method, String url, Map<String, String> headers, long end) throws IOException, PullFailure {
        RtspMessage said = once(method, url, headers, end);
        if (said.status() == UNAUTHORISED && address.hasLogin() && login.challenged(said.all("www-authenticate"))) {
            said = once(method, url, headers, end);
        }
        return said;
    }

    /** Says so, and leaves it at that. */
    void tell(String method, String url) throws IOException {
        link.send(request(method, url, Map.of()));
    }

    /** Whether the camera has named a session. */
    boolean inSession() {
        return session != null;
    }

    /** How long a camera waits for a sign of life. */
    Duration patience() {
        return patience;
    }

    /** What the camera has said. */
    void heard(RtspMessage message) throws IOException {
        if (message.status() != RtspMessage.REQUEST) {
            answer = Integer.toString(sequence).equals(message.header("cseq")) ? message : answer;
            return;
        }
        boolean known =
                message.first().startsWith("OPTIONS ") || message.first().contains("_PARAMETER ");
        String number = message.header("cseq");
        link.send("%s %s\r\nCSeq: %s\r\n\r\n"
                .formatted(
                        RtspMessage.VERSION,
                        known ? "200 OK" : "501 Not Implemented",
                        number != null && number.matches("[0-9]{1,9}") ? number : "0")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** @return what it was given, if that says yes */
    static RtspMessage done(RtspMessage said) throws PullFailure {
        int status = said.status();
        if (status == 200) {
            return said;
        }
        OfflineCause cause = switch (status) {
            case 401, 403, 407 -> OfflineCause.UNAUTHORISED;
            case 404, 410 -> OfflineCause.NOT_FOUND;
            default -> OfflineCause.BROKEN;
        };
        throw new PullFailure(cause, "cannot be opened: the camera answers " + status);
    }

    private RtspMessage once(String method, String url, Map<String, String> headers, long end)
            throws IOException, PullFailure {
        link.send(request(method, url, headers));
        answer = null;
        while (answer == null) {
            if (!link.read(RtspLink.millis(end))) {
                throw new PullFailure(OfflineCause.NOT_VIDEO, "cannot be opened: ended the connection");
            }
        }
        String named = answer.header("session");
        if (named != null && method.equals("SETUP") && answer.status() == 200) {
            session = named.split(";", -1)[0].strip();
            Matcher timeout = TIMEOUT.matcher(named);
            if (timeout.find()) {
                patience = Duration.ofSeconds(Math.max(LEAST_TIMEOUT, Integer.parseInt(timeout.group(1))));
            }
        }
        return answer;
    }

    private byte[] request(String method, String url, Map<String, String> headers) {
        StringBuilder text = new StringBuilder("%s %s %s\r\nCSeq: %d\r\nUser-Agent: Farwatch\r\n"
                .formatted(method, url, RtspMessage.VERSION, ++sequence));
        if (session != null) {
            text.append("Session: ").append(session).append("\r\n");
        }
        login.header(method, url)
                .ifPresent(shown -> text.append("Authorization: ").append(shown).append("\r\n"));
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
