package org.farwatch.api.commands;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A command to a device as the API shows it.
 *
 * @param arguments null, as the answer is, for somebody who may not ask for this kind
 * @param expiresAt when it is not sent any more
 * @param result a sentence for every end but a plain success
 * @param answer what the device told; null when it told nothing
 * @param actions what the caller may do with it now
 * @param history only of a command that is read alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceCommand(
        String id,
        String deviceId,
        String kind,
        JsonNode arguments,
        CommandState state,
        String requestedBy,
        Instant requestedAt,
        Instant expiresAt,
        Instant sentAt,
        int attempts,
        Instant answeredAt,
        String result,
        JsonNode answer,
        Set<CommandState.Action> actions,
        int version,
        List<Event> history) {
    /** @param note in the service's words */
    record Event(Instant at, String username, String action, String note, CommandState toState) {}
}
