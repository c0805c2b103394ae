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

    /**
     * Where a stream is fetched from, whole: never to be given out. Empty when it is fetched from nowhere or its address
     * cannot be read.
     */
    public Optional<String> address(long id, DataScope scope) {
        return table.find(id, scope).map(StreamTable.Stored::sourceUrl);
    }

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

    /**
     * Where a stream is fetched from, with its secrets; empty also for one that is fetched from nowhere.
     *
     * @return the same as {@link #find} with the address
     */
    public Optional<Sourced> sourced(long id, DataScope scope) {
        return table.find(id, scope)
                .filter(stream -> stream.sourceUrl() != null)
                .flatMap(stream -> find(id, scope).map(entry -> new Sourced(entry, stream.sourceUrl())));
    }

    /** A stream and its address. */
    public record Sourced(Entry stream, String address) {
        /** Without its secrets. */
        @Override
        public String toString() {
            return "stream " + stream.id();
        }
    }
}
