package org.farwatch.api.talk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.AlertReader;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;

/** Makes orders of what requests ask for. */
@Component
class Orders {
    /** Who may speak to devices: the operator, and an inspector for spot checks. */
    static final Set<Role> SPEAK = Set.of(Role.OPERATOR, Role.INSPECTOR);

    private final TalkDesk desk;
    private final StreamBook streams;
    private final AlertReader alerts;
    private final TalkSettings settings;

    Orders(TalkDesk desk, StreamBook streams, AlertReader alerts, TalkSettings settings) {
        this.desk = desk;
        this.streams = streams;
        this.alerts = alerts;
        this.settings = settings;
    }

    /**
     * What is common to the calls of one request.
     *
     * @param alertId null when it is made for no alert
     * @param announcement null when it is by microphone
     */
    record Common(Caller caller, Viewing viewing, ShoutKind kind, String alertId, String announcement, Integer times) {}

    /** @throws Refusal 404 when the stream is not the caller's to see, 409 when its device has no loudspeaker that we can call */
    Order one(String stream, Common common) {
        long id = Ids.parse("stream", stream);
        StreamBook.Entry entry =
                streams.find(id, common.caller().scope()).orElseThrow(() -> Refusal.notFound("stream", stream));
        String address = streams.address(id, common.caller().scope()).orElse(null);
        VoiceKind voice = desk.kind(address)
                .orElseThrow(() -> new Refusal(
                        409,
                        "no loudspeaker",
                        "nobody can speak to the device of stream " + stream
                                + ": only devices of GB/T 28181 and JT/T 1078 are called"));
        return new Order(
                entry,
                address,
                voice,
                common.caller(),
                common.viewing(),
                common.kind(),
                alert(common.alertId(), common.caller()),
                common.announcement(),
                common.times());
    }

    /**
     * Of several loudspeakers, each once.
     *
     * @throws Refusal as {@link #one}, and 400 for none or too many
     */
    List<Order> several(String field, List<String> wanted, Common common) {
        Set<String> each = new LinkedHashSet<>(wanted);
        if (each.isEmpty() || each.size() > settings.loudspeakers()) {
            throw Refusal.field(field, "must be 1 to " + settings.loudspeakers() + " streams, were " + each.size());
        }
        List<Order> orders = new ArrayList<>();
        for (String stream : each) {
            orders.add(one(stream, common));
        }
        return orders;
    }

    private Long alert(String given, Caller caller) {
        Long id = Ids.field("alertId", given);
        if (id == null) {
            return null;
        }
        Map<String, Alert> found = alerts.of(List.of(id));
        Alert alert = found.get(given);
        if (alert == null || !caller.scope().sees(alert.unitId() == null ? 0 : Long.parseLong(alert.unitId()))) {
            throw Refusal.field("alertId", "names no alert of yours: " + given);
        }
        return id;
    }
}
