package org.farwatch.api.video;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.web.Given;
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
     * @param subAddress of its smaller picture, null where it has none
     * @param channelId as the device's protocol names it
     * @param squadNo null for those who see the whole district
     * @param record whether it is to be recorded from the beginning
     * @param loudspeaker whether it is spoken to and sends nothing
     * @param longitude of the camera, degrees, WGS-84, null when not known; {@code latitude} likewise
     */
    public record Offered(
            String address,
            String subAddress,
            String name,
            Integer deviceNo,
            String channelId,
            Long squadNo,
            boolean record,
            boolean loudspeaker,
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
        channels.forEach(channel -> sources.check(StreamSources.MAIN, channel.address()));
        return transaction.execute(_ -> {
            Map<String, Long> found =
                    table.ofAddresses(channels.stream().map(Offered::address).toList());
            Map<String, StreamTable.Facts> missing = new LinkedHashMap<>();
            for (Offered channel : channels) {
                if (!found.containsKey(channel.address())) {
                    missing.putIfAbsent(channel.address(), facts(channel));
                }
            }
            if (!missing.isEmpty()) {
                make(missing.values(), by).forEach(made -> found.put(made.sourceUrl(), made.id()));
            }
            return found;
        });
    }

    /** However many they are, by a few statements: a platform's catalogue has ten thousand. */
    private List<StreamTable.Stored> make(Collection<StreamTable.Facts> missing, String by) {
        List<StreamTable.Stored> made = table.insert(missing);
        Map<String, Stream> shown = new LinkedHashMap<>();
        made.forEach(stream -> shown.put(Long.toString(stream.id()), streams.show(stream)));
        audit.created(by, SUBJECT, shown);
        streams.refetchAfterCommit(made);
        return made;
    }

    private static StreamTable.Facts facts(Offered channel) {
        return new StreamTable.Facts(
                channel.name(),
                channel.deviceNo(),
                channel.channelId(),
                channel.squadNo(),
                channel.address(),
                new Given<>(channel.subAddress()),
                channel.record(),
                channel.loudspeaker(),
                Fetch.ON_DEMAND,
                channel.longitude() == null ? null : new Stream.Location(channel.longitude(), channel.latitude()),
                null,
                null);
    }
}
