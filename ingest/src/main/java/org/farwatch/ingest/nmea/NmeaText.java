package org.farwatch.ingest.nmea;

import java.util.function.Supplier;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;

/**
 * Decodes sentences that came together, in a datagram or an MQTT message: all fixes they hold, also one whose sentences
 * are not complete. Owned by one thread.
 */
public final class NmeaText {
    private final LineReader lines = new LineReader();
    private final Sentence sentence = new Sentence();
    private Epoch epoch = new Epoch();

    /**
     * What could not be read.
     *
     * @param bad how many sentences
     * @param fault of the last of them, null when there is none
     * @param reason a sentence naming field, value and rule
     */
    public record Outcome(int bad, FaultKind fault, String reason) {}

    /** @param room gives the batch for the next row, with room for one at least */
    public Outcome decode(byte[] text, KnownDevice device, long receiveMillis, Supplier<PositionBatch> room) {
        return decode(text, 0, text.length, device, receiveMillis, room);
    }

    Outcome decode(
            byte[] text, int from, int to, KnownDevice device, long receiveMillis, Supplier<PositionBatch> room) {
        epoch = new Epoch();
        int bad = 0;
        FaultKind fault = null;
        String reason = null;
        byte[] end = {'\n'};
        int at = from;
        boolean last = false;
        while (!last) {
            last = at >= to;
            at = last ? lines.read(end, 0, 1) + at : lines.read(text, at, to);
            if (lines.complete()) {
                FaultKind wrong = sentence.read(lines.line(), 0, lines.length());
                String why = sentence.reason();
                if (wrong == null) {
                    wrong = epoch.take(sentence, device, receiveMillis, room.get());
                    why = epoch.reason();
                }
                if (wrong != null) {
                    bad++;
                    fault = wrong;
                    reason = why;
                }
            }
        }
        epoch.end(device, receiveMillis, room.get());
        return new Outcome(bad, fault, reason);
    }
}
