package org.farwatch.ingest.gb28181;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.Arrays;

/** Answers of devices ({@link Sdp}): never refused, and nothing in them out of its range. */
public final class SdpFuzz {
    private SdpFuzz() {}

    public static void run(byte[] body) {
        Sdp.Answered answered = Sdp.read(body);
        holds(answered.port() >= 0 && answered.port() <= 65_535, "port " + answered.port());
        holds(answered.host().chars().noneMatch(each -> each == ' ' || each == '\t'), "a host of many words");
        holds(answered.answer().payloads().size() <= 128, "more payload types than there are");
        byte[] longer = Arrays.copyOf(body, body.length + 2);
        longer[body.length] = '\r';
        longer[body.length + 1] = '\n';
        if (Element.decode(longer).equals(Element.decode(body) + "\r\n")) {
            same(Sdp.read(longer), answered, "the same with an end of line");
        }
    }
}
