package org.farwatch.api.inspection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.farwatch.api.access.DataScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other features may know of a draw. */
@Component
public class DrawBook {
    private final Draws draws;
    private final JdbcClient jdbc;

    DrawBook(Draws draws, JdbcClient jdbc) {
        this.draws = draws;
        this.jdbc = jdbc;
    }

    /**
     * A draw, its result once it has one.
     *
     * @param kind such as {@code officers-on-duty}
     * @param poolFrom when what it draws from was there, null where that does not matter; {@code poolTo} null for a moment
     * @param items in the order in which they were drawn; none before
     */
    public record Entry(
            long id, String name, String kind, boolean drawn, Instant poolFrom, Instant poolTo, List<Item> items) {}

    /**
     * What was drawn, and who looks at it.
     *
     * @param place from 1
     * @param item id of an officer, device, stream or squad; of a recording, stream/day
     * @param squadNo null for what belongs to no squad
     * @param inspectors ids of users
     */
    public record Item(int place, String item, String name, Long squadNo, List<Long> inspectors) {}

    public Optional<Entry> find(long id, DataScope scope) {
        return draws.find(id, scope)
                .map(draw -> new Entry(
                        id,
                        draw.plan().name(),
                        draw.plan().kind().label(),
                        draw.state() == DrawState.DRAWN,
                        draw.plan().poolFrom(),
                        draw.plan().poolTo(),
                        items(id)));
    }

    private List<Item> items(long id) {
        return jdbc.sql("""
                        select i.place, i.item_id, i.name, i.squad_id,
                            array(select u.id from draw_team t join app_user u on u.username = t.username
                                where t.draw_id = i.draw_id and t.squad_id is not distinct from i.squad_id order by t.place)
                        from draw_item i where i.draw_id = :draw order by i.place""")
                .param("draw", id)
                .query((row, _) -> new Item(
                        row.getInt(1), row.getString(2), row.getString(3), row.getObject(4, Long.class), List.of((Long
                                        [])
                                row.getArray(5).getArray())))
                .list();
    }
}
