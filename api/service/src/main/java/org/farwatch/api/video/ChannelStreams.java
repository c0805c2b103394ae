package org.farwatch.api.video;

import java.util.Collection;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.DataScope;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Streams that devices have themselves: channels of their catalogues. Fetched on demand until people say otherwise. */
@Component
public class ChannelStreams {
    private static final String SUBJECT = "stream";

    private final StreamTable table;
    private final Streams streams;
    private final StreamSources sources;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    ChannelStreams(
            StreamTable table,
            Streams streams,
            StreamSources sources,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.table = table;
        this.streams = streams;
        this.sources = sources;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * A channel of a device that may become a stream, fetched on demand.
     *
     * @param address of a {@link SourceKind}; by it the stream is known again
     * @param channelId as the device's protocol names it
     * @param squadNo null for those who see the whole district
     * @param record whether it is to be recorded from the beginning
     * @param longitude of the camera, degrees, WGS-84, null when not known; {@code latitude} likewise
     */
    public record Offered(
            String address,
            String name,
            Integer deviceNo,
            String channelId,
            Long squadNo,
            boolean record,
            Double longitude,
            Double latitude) {}

    /**
     * Makes streams of the channels that have none yet. What people have set of the others stays, and what they have
     * retired stays so.
     *
     * @param by whom the audit log names
     * @return each stream by its address, also the retired ones
     * @throws org.farwatch.api.web.Refusal 400 for an address that is none
     */
    public Map<String, Long> offer(Collection<Offered> channels, String by) {
        channels.forEach(channel -> sources.check(channel.address()));
        return transaction.execute(_ -> {
            Map<String, Long> found =
                    table.ofAddresses(channels.stream().map(Offered::address).toList());
            for (Offered channel : channels) {
                found.computeIfAbsent(channel.address(), _ -> make(channel, by));
            }
            return found;
        });
    }

    private long make(Offered channel, String by) {
        long id = table.insert(new StreamTable.Facts(
                channel.name(),
                channel.deviceNo(),
                channel.channelId(),
                channel.squadNo(),
                channel.address(),
                channel.record(),
                Fetch.ON_DEMAND,
                channel.longitude() == null ? null : new Stream.Location(channel.longitude(), channel.latitude()),
                null,
                null));
        StreamTable.Stored made = table.find(id, DataScope.EVERYTHING).orElseThrow();
        audit.record(by, "create", SUBJECT, Long.toString(id), null, streams.show(made), null);
        streams.refetchAfterCommit(made);
        return id;
    }
}
