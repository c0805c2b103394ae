package org.farwatch.api.video;

import java.util.Optional;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.DataScope;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Streams that the service itself sets up; what people set up goes through {@code /streams}. */
@Component
public class LocalCameras {
    private static final String SUBJECT = "stream";

    private final StreamTable table;
    private final Streams streams;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    LocalCameras(StreamTable table, Streams streams, AuditLog audit, TransactionTemplate transaction) {
        this.table = table;
        this.streams = streams;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * A camera of this machine whose port changes from start to start.
     *
     * @param path by which it is known again, such as {@code demo/crossing}
     * @param port of 127.0.0.1 where it is now
     * @param deviceNo internal number of the device that it is, null for none
     * @param squadNo null for those who see the whole district
     * @param longitude degrees, WGS-84; {@code latitude} likewise
     * @param heading degrees clockwise from north
     * @param fieldOfView degrees
     */
    public record LocalCamera(
            String path,
            int port,
            String name,
            Integer deviceNo,
            Long squadNo,
            boolean record,
            double longitude,
            double latitude,
            float heading,
            float fieldOfView) {
        private String url() {
            return "rtsp://127.0.0.1:" + port + "/" + path;
        }
    }

    /**
     * Makes a stream of the camera, or points the one there is to the port; all else stays as people have set it since.
     *
     * @param by whom the audit log names
     * @return the stream's id; empty when somebody has retired it
     */
    public Optional<String> keep(LocalCamera camera, String by) {
        return transaction.execute(_ -> table.fetchedFrom("rtsp://127.0.0.1:%/" + camera.path())
                .map(id -> repoint(table.find(id, DataScope.EVERYTHING).orElseThrow(), camera.url(), by))
                .orElseGet(() -> Optional.of(make(camera, by))));
    }

    private String make(LocalCamera camera, String by) {
        long id = table.insert(new StreamTable.Facts(
                camera.name(),
                camera.deviceNo(),
                null,
                camera.squadNo(),
                camera.url(),
                null,
                camera.record(),
                false,
                Fetch.ALWAYS,
                new Stream.Location(camera.longitude(), camera.latitude()),
                camera.heading(),
                camera.fieldOfView()));
        StreamTable.Stored made = table.find(id, DataScope.EVERYTHING).orElseThrow();
        Stream shown = streams.show(made);
        audit.record(by, "create", SUBJECT, shown.id(), null, shown, null);
        streams.refetchAfterCommit(made);
        return shown.id();
    }

    private Optional<String> repoint(StreamTable.Stored before, String url, String by) {
        String id = Long.toString(before.id());
        StreamTable.Facts facts = new StreamTable.Facts(
                before.name(),
                before.deviceNo(),
                before.channelId(),
                before.squadNo(),
                url,
                null,
                before.record(),
                before.loudspeaker(),
                before.fetch(),
                before.location(),
                before.heading(),
                before.fieldOfView());
        if (!table.update(before.id(), before.version(), facts)) {
            return Optional.empty();
        }
        StreamTable.Stored after = table.find(before.id(), DataScope.EVERYTHING).orElseThrow();
        audit.record(by, "change", SUBJECT, id, streams.show(before), streams.show(after), null);
        streams.refetchAfterCommit(after);
        return Optional.of(id);
    }
}
