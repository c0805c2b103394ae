package org.farwatch.api.zones;

import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.vision.shape.Point;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Zones that the service itself sets up; what people set up goes through {@code /streams/{id}/zones}. */
@Component
public class ZoneBook {
    private final ZoneTable zones;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    ZoneBook(ZoneTable zones, AuditLog audit, TransactionTemplate transaction) {
        this.zones = zones;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Makes a live zone of the rule {@code clutter}, unless the stream has had one already.
     *
     * @param polygon in widths and heights of the picture, 0 to 1
     * @param by whom the audit log names
     */
    public void keepClutter(long stream, String name, List<Point> polygon, double dwellSeconds, String by) {
        transaction.executeWithoutResult(_ -> {
            if (zones.ofStream(stream).isEmpty()) {
                ZoneTable.Facts facts =
                        new ZoneTable.Facts(name, polygon, "clutter", dwellSeconds, null, ZoneState.LIVE);
                long id = zones.insert(stream, facts);
                audit.record(by, "create", "zone", Long.toString(id), null, facts, null);
            }
        });
    }
}
