package org.farwatch.ingest.mqtt;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.fuzz.OpenRegister;
import org.farwatch.ingest.fuzz.Rows;

/** Payloads ({@link PositionJson}, {@link StatusJson}), {@link Topic} and {@link IsoTime}, which java.time has to agree with. */
public final class PayloadFuzz {
    private static final int MAX_ROWS = 16;
    private static final KnownDevice DEVICE = new KnownDevice(1, "p", Protocol.MQTT, "p", Datum.BD09);
    private static final PositionJson POSITIONS = new PositionJson(MAX_ROWS);
    private static final StatusJson STATUS = new StatusJson();

    private PayloadFuzz() {}

    public static void run(byte[] payload) {
        PositionBatch batch = new PositionBatch(MAX_ROWS);
        PositionJson.Outcome outcome = decode(POSITIONS, payload, batch);
        holds(outcome.bad() == 0 == (outcome.fault() == null), "faults counted, or none named");
        holds(outcome.fault() == null || !outcome.reason().isEmpty(), "a fault without a reason");
        Rows.check(batch, 0);
        if (payload.length % 16 == 0 && !known(payload)) {
            again(payload, batch);
        }
        holds(STATUS.decode(payload) != null, "no status");
        String text = new String(payload, StandardCharsets.UTF_8);
        Topic topic = Topic.of("farwatch", text);
        holds(topic == null || text.startsWith("farwatch/" + topic.protocolId() + "/"), "topic of another device");
        time(text);
    }

    private static PositionJson.Outcome decode(PositionJson reader, byte[] payload, PositionBatch batch) {
        return reader.decode(payload, DEVICE, OpenRegister.CLOCK.millis(), () -> batch);
    }

    /**
     * Jackson keeps names by words padded with ff: behind a name that it knows, an ff, which is no UTF-8, goes unseen where
     * a new reader refuses it.
     */
    private static boolean known(byte[] payload) {
        for (byte each : payload) {
            if (each == (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    /** What is reused between messages must not show in the next; a new reader takes its time to be made. */
    private static void again(byte[] payload, PositionBatch batch) {
        PositionBatch fresh = new PositionBatch(MAX_ROWS);
        decode(new PositionJson(MAX_ROWS), payload, fresh);
        same(fresh.size(), batch.size(), "rows by a new reader");
        for (int row = 0; row < batch.size(); row++) {
            same(fresh.bodyHash(row), batch.bodyHash(row), "hash by a new reader");
        }
    }

    private static void time(String text) {
        char[] padded = ("9" + text + "9").toCharArray();
        long millis = IsoTime.millis(padded, 1, text.length());
        holds(millis != FixTimes.NO_DATE || millis == IsoTime.INVALID, "no date and valid");
        if (!text.matches("\\d{4}-[^,]*([zZ]|[+-]\\d\\d:\\d\\d)")) {
            return;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            // java.time takes a point with nothing behind it, ISO 8601 does not.
            boolean none = text.matches(".*\\.[zZ+-].*");
            same(millis, none ? IsoTime.INVALID : time.toInstant().toEpochMilli(), "time of " + text);
        } catch (DateTimeException _) {
            boolean beyond = text.matches(".*[+-]18:[0-5][0-9]|.*[+-]0*0:00|.*\\.\\d{10,}.*");
            holds(millis == IsoTime.INVALID || beyond, "time of " + text);
        }
    }
}
