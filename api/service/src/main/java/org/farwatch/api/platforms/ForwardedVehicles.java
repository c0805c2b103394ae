package org.farwatch.api.platforms;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.api.telemetry.PositionJournal;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt809.LowerPlatform;
import org.farwatch.ingest.jt809.UpwardVehicle;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Which vehicle goes up which link, and the writing of the queue. A city platform knows vehicles by plate and colour: a
 * device without a plate (of its registration, its JT/T 809 id, or its name) is not forwarded, and named as such.
 *
 * <p>The queue is written in the transaction that stores the position, by whichever writer: a position is stored and
 * queued or neither. Rows leave it when they were read at the other end, so it needs no cursor and no order of commits.
 */
@Component
@DependsOnDatabaseInitialization
class ForwardedVehicles implements PositionJournal {
    private static final long REFRESH_MILLIS = 10_000;
    private static final String INSERT =
            "insert into upward_queue (link_id, device_no, fix_time, body_hash) values (?, ?, ?, ?)";
    private static final Pattern PLATE = Pattern.compile("(\\p{IsHan}[A-Z])[·. ]?([A-Z0-9]{4,6}\\p{IsHan}?)");
    /** 2 is yellow, 9 is any other (JT/T 415). */
    private static final int OTHER_COLOUR = 9;

    private final JdbcClient jdbc;
    private volatile Routes routes = new Routes(new BitSet(), Map.of(), Map.of());

    /**
     * Replaced as a whole.
     *
     * @param any devices of any link, by number
     * @param byLink vehicles of each enabled link
     * @param withoutPlate names of chosen devices of each link that cannot be forwarded
     */
    private record Routes(
            BitSet any, Map<Long, Map<Integer, UpwardVehicle>> byLink, Map<Long, List<String>> withoutPlate) {}

    private record Chosen(
            long link,
            int no,
            String id,
            String name,
            String protocol,
            String protocolId,
            String plate,
            Integer colour,
            String manufacturer,
            String model,
            String terminalId) {}

    ForwardedVehicles(JdbcClient jdbc) {
        this.jdbc = jdbc;
        refresh();
    }

    /** Also every few seconds: vehicles come to squads and go. */
    @Scheduled(fixedDelay = REFRESH_MILLIS)
    final synchronized void refresh() {
        List<Chosen> chosen = jdbc.sql("""
                        select l.id as link, d.no, d.id, d.name, d.protocol, d.protocol_id,
                            d.registration ->> 'plate' as plate, (d.registration ->> 'plateColour')::int as colour,
                            coalesce(d.registration ->> 'manufacturer', '') as manufacturer,
                            coalesce(d.registration ->> 'model', '') as model,
                            coalesce(d.registration ->> 'terminalId', '') as terminal_id
                        from upward_link l join device d on
                            exists (select from upward_link_device x where x.link_id = l.id and x.device_no = d.no)
                            or exists (select from upward_link_squad x where x.link_id = l.id and x.squad_id = d.squad_id
                                and d.kind = 'vehicle-terminal')
                        where l.enabled""").query(Chosen.class).list();
        BitSet any = new BitSet();
        Map<Long, Map<Integer, UpwardVehicle>> byLink = new HashMap<>();
        Map<Long, List<String>> without = new HashMap<>();
        for (Chosen device : chosen) {
            UpwardVehicle vehicle = vehicle(device);
            if (vehicle == null) {
                without.computeIfAbsent(device.link(), _ -> new java.util.ArrayList<>())
                        .add(device.name());
            } else {
                any.set(device.no());
                byLink.computeIfAbsent(device.link(), _ -> new HashMap<>()).put(device.no(), vehicle);
            }
        }
        routes = new Routes(any, byLink, without);
    }

    private static UpwardVehicle vehicle(Chosen device) {
        String plate = device.plate() == null ? "" : device.plate().strip();
        int colour = device.colour() == null || device.colour() <= 0 ? OTHER_COLOUR : device.colour();
        List<String> parts =
                device.protocol().equals(Protocol.JT809.label()) ? LowerPlatform.parts(device.protocolId()) : null;
        if (parts != null) {
            plate = parts.get(2);
            colour = Integer.parseInt(parts.get(1)) & 0xFF;
        } else if (plate.isEmpty()) {
            Matcher name = PLATE.matcher(device.name());
            plate = name.find() ? name.group(1) + name.group(2) : "";
        }
        if (plate.isEmpty()) {
            return null;
        }
        String phone = device.protocol().equals(Protocol.JT808.label()) ? device.protocolId() : "";
        return new UpwardVehicle(
                device.no(), plate, colour, device.manufacturer(), device.model(), device.terminalId(), phone);
    }

    /** The vehicle as this link knows it, null when it is not chosen any more. */
    UpwardVehicle vehicle(long linkId, int deviceNo) {
        return routes.byLink().getOrDefault(linkId, Map.of()).get(deviceNo);
    }

    /** How many vehicles go up this link. */
    int count(long linkId) {
        return routes.byLink().getOrDefault(linkId, Map.of()).size();
    }

    /** Names of chosen devices that have no plate. */
    List<String> withoutPlate(long linkId) {
        return routes.withoutPlate().getOrDefault(linkId, List.of());
    }

    @Override
    public boolean wants(int deviceNo) {
        return routes.any().get(deviceNo);
    }

    @Override
    public void write(Connection transaction, List<Stored> positions) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (Map.Entry<Long, Map<Integer, UpwardVehicle>> link :
                    routes.byLink().entrySet()) {
                for (Stored position : positions) {
                    if (link.getValue().containsKey(position.deviceNo())) {
                        insert.setLong(1, link.getKey());
                        insert.setInt(2, position.deviceNo());
                        insert.setObject(
                                3, Instant.ofEpochMilli(position.fixMillis()).atOffset(ZoneOffset.UTC));
                        insert.setLong(4, position.hash());
                        insert.addBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }
}
