package org.farwatch.api.jt1078;

import java.util.List;
import java.util.Locale;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which streams are channels of a terminal. */
@Repository
class TerminalChannelTable {
    private final JdbcClient jdbc;

    TerminalChannelTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By channel, the main quality first; without those that are retired. */
    List<Channel> ofDevice(int deviceNo, DataScope scope) {
        return jdbc.sql("""
                        select id, name, source_url from stream
                        where device_no = :device and source_url like 'jt1078:%' and not retired
                            and (:everything or squad_id = any(:squads))
                        order by length(source_url), source_url limit 1000""")
                .param("device", deviceNo)
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query((row, _) -> {
                    ChannelAddress address = ChannelAddress.parse(row.getString("source_url"));
                    return new Channel(
                            address.channel(),
                            address.quality().name().toLowerCase(Locale.ROOT),
                            Long.toString(row.getLong("id")),
                            row.getString("name"));
                })
                .list();
    }
}
