package org.farwatch.api.video;

import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.stereotype.Component;

/** What other features may know of a stream. */
@Component
public class StreamBook {
    private final StreamTable table;

    StreamBook(StreamTable table) {
        this.table = table;
    }

    /**
     * A stream and whose it is; numbers are 0 where there is none.
     *
     * @param longitude of the camera, degrees, WGS-84, null when not known
     */
    public record Entry(long id, String name, long squadNo, int deviceNo, Double longitude, Double latitude) {}

    /** Also one that is retired. */
    public Optional<Entry> find(long id, DataScope scope) {
        return table.find(id, scope).map(stream -> {
            Stream.Location location = stream.location();
            return new Entry(
                    stream.id(),
                    stream.name(),
                    stream.squadNo() == null ? 0 : stream.squadNo(),
                    stream.deviceNo() == null ? 0 : stream.deviceNo(),
                    location == null ? null : location.longitude(),
                    location == null ? null : location.latitude());
        });
    }
}
