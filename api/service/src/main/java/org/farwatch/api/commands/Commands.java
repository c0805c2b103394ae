package org.farwatch.api.commands;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.org.DeviceKind;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt808.command.Command;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asking devices for something. What is asked for waits in the database until {@link CommandSender} has sent it. */
@Component
public class Commands {
    private static final String SUBJECT = "command";

    private final CommandKinds kinds = new CommandKinds();
    private final CommandTable table;
    private final CommandSettings settings;
    private final DeviceRegister register;
    private final OffDutyRule offDuty;
    private final PostAreas posts;
    private final AuditLog audit;
    private final ViewLog views;
    private final JsonMapper json;
    private final Clock clock;

    Commands(
            CommandTable table,
            CommandSettings settings,
            DeviceRegister register,
            OffDutyRule offDuty,
            PostAreas posts,
            AuditLog audit,
            ViewLog views,
            JsonMapper json,
            Clock clock) {
        this.table = table;
        this.settings = settings;
        this.register = register;
        this.offDuty = offDuty;
        this.posts = posts;
        this.audit = audit;
        this.views = views;
        this.json = json;
        this.clock = clock;
    }

    /** The kinds that one with these roles may ask for. */
    List<CommandKind> kinds(Collection<Role> roles) {
        return kinds.all().stream().filter(kind -> may(kind, roles)).toList();
    }

    /**
     * Asks a device for something, for another feature; part of its transaction.
     *
     * @param kind label of a kind, such as {@code confirm-alarm}
     * @param arguments by the names of the kind's fields
     * @param expires when it is not sent any more, null for the setting
     * @return id of the command
     * @throws Refusal as the API would refuse it
     */
    @Transactional
    public String request(int deviceNo, String kind, Map<String, Object> arguments, Caller by, Instant expires) {
        RegisteredDevice device = register.byNo(deviceNo);
        if (device == null) {
            throw Refusal.notFound("device", Integer.toString(deviceNo));
        }
        return request(device, kind, json.valueToTree(arguments), by, expires);
    }

    String request(String deviceId, String kind, JsonNode arguments, Caller by, Instant expires) {
        return request(device(deviceId, by), kind, arguments, by, expires);
    }

    private String request(RegisteredDevice device, String label, JsonNode given, Caller by, Instant expires) {
        String id = device.known().id();
        if (device.known().protocol() != Protocol.JT808) {
            throw new Refusal(
                    409,
                    "no commands",
                    "device " + id + " speaks " + device.known().protocol().label()
                            + "; commands are for devices of jt808");
        }
        CommandKind kind =
                kinds.find(label).orElseThrow(() -> Refusal.field("kind", "is no kind of command: " + label));
        Caller caller = by.only(kind.roles());
        if (caller.roles().isEmpty()) {
            throw new Refusal(
                    403,
                    "not permitted",
                    label + " is for the " + kind.roles().iterator().next().label());
        }
        if (!caller.scope().sees(device.squadNo())) {
            throw Refusal.notFound("device", id);
        }
        JsonNode arguments = given == null || given.isNull() ? json.createObjectNode() : given;
        build(kind, arguments, device, caller.scope());
        String refusal = refusedOffDuty(kind, device);
        if (refusal != null) {
            throw new Refusal(409, "off duty", refusal);
        }
        if (kind.regard() == CommandKind.Regard.PICTURE_OR_SOUND) {
            if (!Viewing.current().said()) {
                throw Refusal.field("X-Purpose", "must say why: pictures and sound are of somebody");
            }
            views.record(by, label, id, device.name(), null, null);
        }
        return queue(device, label, arguments, by, expires);
    }

    private String queue(RegisteredDevice device, String kind, JsonNode arguments, Caller by, Instant expires) {
        Instant now = clock.instant();
        Instant until = expires == null ? now.plus(settings.expiry()) : expires;
        if (!until.isAfter(now) || until.isAfter(now.plus(CommandSettings.LONGEST))) {
            throw Refusal.field("expiresAt", "must be within the next 30 days, was " + until);
        }
        table.lockQueue();
        int deviceNo = device.known().no();
        if (table.open(deviceNo) >= settings.perDevice()) {
            throw new Refusal(
                    409,
                    "too many commands",
                    "%d commands of device %s wait already; cancel some or wait"
                            .formatted(settings.perDevice(), device.known().id()));
        }
        if (table.open(CommandTable.ALL_DEVICES) >= settings.open()) {
            throw new Refusal(503, "too many commands", settings.open() + " commands wait already; try again later");
        }
        long id = table.insert(deviceNo, kind, arguments, by.username(), now, until);
        table.event(id, now, by.username(), "request", null, CommandState.QUEUED);
        audit.record(
                by,
                "request",
                SUBJECT,
                Long.toString(id),
                null,
                Map.of("deviceId", device.known().id(), "kind", kind, "arguments", audited(kind, arguments)));
        return Long.toString(id);
    }

    /** Without what may be a password of a server or a network: which parameters, and which action. */
    private Object audited(String kind, JsonNode arguments) {
        return switch (kind) {
            case "set-parameters" ->
                Map.of("parameters", arguments.path("parameters").findValuesAsString("id"));
            case "control" -> Map.of("action", arguments.path("action").asString());
            default -> arguments;
        };
    }

    /** The command as it goes to the device; refused by the argument that is wrong. */
    private Command build(CommandKind kind, JsonNode arguments, RegisteredDevice device, DataScope scope) {
        CommandArguments in =
                new CommandArguments(kind, arguments, device.known().datum(), post -> posts.find(post, scope));
        try {
            return kind.make().from(in);
        } catch (IllegalArgumentException e) {
            throw CommandArguments.refusal(e);
        }
    }

    /** The command of what is stored: who asked for it was allowed to. */
    Command build(CommandTable.Stored stored, RegisteredDevice device) {
        CommandKind kind = kinds.find(stored.kind())
                .orElseThrow(() -> Refusal.field("kind", "is no kind of command any more: " + stored.kind()));
        return build(kind, stored.arguments(), device, DataScope.EVERYTHING);
    }

    /** Why a command is not for the device as it is held now, null when it is. */
    String refusedOffDuty(CommandTable.Stored stored, RegisteredDevice device) {
        return kinds.find(stored.kind())
                .map(kind -> refusedOffDuty(kind, device))
                .orElse(null);
    }

    private String refusedOffDuty(CommandKind kind, RegisteredDevice device) {
        boolean ofPerson = kind.regard() != CommandKind.Regard.NONE && device.kind() != DeviceKind.VEHICLE_TERMINAL;
        return ofPerson && offDuty.offDutyHolder(device.known().no(), clock.millis()) != OffDutyRule.KEEP
                ? "device %s is held by somebody who is off duty; %s is for people on duty"
                        .formatted(device.known().id(), kind.label())
                : null;
    }

    List<DeviceCommand> ofDevice(String deviceId, Caller caller, Long before, int limit) {
        return table.ofDevice(device(deviceId, caller).known().no(), before, limit).stream()
                .map(stored -> show(stored, caller, null))
                .toList();
    }

    DeviceCommand find(String id, Caller caller) {
        CommandTable.Stored stored = find(id, caller, false);
        return show(stored, caller, table.events(stored.id()));
    }

    void cancel(String id, int version, Caller caller) {
        CommandTable.Stored before = find(id, caller, true);
        if (before.version() != version) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        CommandState next =
                CommandState.FLOW.next(id, before.state(), CommandState.Action.CANCEL, roles(before, caller));
        Instant now = clock.instant();
        table.move(before.id(), before.state(), next, now, null, null);
        table.event(before.id(), now, caller.username(), "cancel", null, next);
        audit.record(caller, "cancel", SUBJECT, id, Map.of("state", before.state()), Map.of("state", next));
    }

    private RegisteredDevice device(String id, Caller caller) {
        RegisteredDevice device = register.byId(id);
        if (device == null || !caller.scope().sees(device.squadNo())) {
            throw Refusal.notFound("device", id);
        }
        return device;
    }

    private CommandTable.Stored find(String id, Caller caller, boolean lock) {
        return table.find(Ids.parse(SUBJECT, id), caller.scope(), lock)
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** In which of his roles he may do something with a command: those in which he could have asked for it. */
    private Set<Role> roles(CommandTable.Stored stored, Caller caller) {
        return kinds.find(stored.kind())
                .map(kind -> caller.only(kind.roles()).roles())
                .orElse(Set.of());
    }

    private static boolean may(CommandKind kind, Collection<Role> roles) {
        return kind.roles().stream().anyMatch(roles::contains);
    }

    /** What was said and answered is for those who could have asked: parameters hold passwords. */
    private DeviceCommand show(CommandTable.Stored stored, Caller caller, List<DeviceCommand.Event> history) {
        Set<Role> roles = roles(stored, caller);
        return new DeviceCommand(
                Long.toString(stored.id()),
                stored.deviceId(),
                stored.kind(),
                roles.isEmpty() ? null : stored.arguments(),
                stored.state(),
                stored.requestedBy(),
                stored.requestedAt(),
                stored.expiresAt(),
                stored.sentAt(),
                stored.attempts(),
                stored.answeredAt(),
                stored.result(),
                roles.isEmpty() ? null : stored.answer(),
                CommandState.FLOW.actions(CommandState.Action.class, stored.state(), roles),
                stored.version(),
                history);
    }
}
