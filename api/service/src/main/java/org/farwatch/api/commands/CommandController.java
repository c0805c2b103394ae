package org.farwatch.api.commands;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.ingest.jt808.command.Parameter;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /devices/{id}/commands}, {@code /commands} and {@code /command-kinds}. */
@RestController
@RequestMapping("/api/v1")
class CommandController {
    private final Commands commands;
    private final CommandSettings settings;

    CommandController(Commands commands, CommandSettings settings) {
        this.commands = commands;
        this.settings = settings;
    }

    /** @param expiresAt when it is not sent any more, null for the setting */
    record NewCommand(@NotBlank String kind, JsonNode arguments, Instant expiresAt) {}

    record Version(int version) {}

    /** @param regard {@code none}, {@code whereabouts} or {@code picture-or-sound}, which need a purpose */
    record Kind(String kind, String message, String since, List<Role> roles, String regard, List<Field> fields) {
        static Kind of(CommandKind kind) {
            return new Kind(
                    kind.label(),
                    kind.message(),
                    kind.since().label(),
                    kind.roles().stream().sorted().toList(),
                    Flow.label(kind.regard()),
                    kind.fields().stream().map(Field::of).toList());
        }
    }

    record Field(
            String name,
            String type,
            String unit,
            Long least,
            Long most,
            List<String> options,
            boolean required,
            Object initial) {
        static Field of(CommandField field) {
            return new Field(
                    field.name(),
                    Flow.label(field.type()),
                    field.unit(),
                    field.least(),
                    field.most(),
                    field.options(),
                    field.required(),
                    field.initial());
        }
    }

    /**
     * A parameter of a terminal.
     *
     * @param type {@code number}, {@code text} or {@code bytes}
     */
    record KnownParameter(
            long id, String name, String type, String unit, Long least, Long most, String since, String until) {
        static KnownParameter of(Parameter parameter) {
            boolean number = parameter.type() == Parameter.Type.NUMBER;
            return new KnownParameter(
                    parameter.id(),
                    parameter.name(),
                    Flow.label(parameter.type()),
                    number ? parameter.range().unit() : "",
                    number ? parameter.range().least() : null,
                    number ? parameter.range().most() : null,
                    parameter.since().label(),
                    parameter.until().label());
        }
    }

    /** @param expirySeconds how long a command waits for its device unless it says otherwise */
    record Kinds(List<Kind> kinds, List<KnownParameter> parameters, long expirySeconds) {}

    /** What the caller may ask for; the names of parameters for all, as answers show them. */
    @GetMapping("/command-kinds")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    Kinds kinds(Caller caller) {
        return new Kinds(
                commands.kinds(caller.roles()).stream().map(Kind::of).toList(),
                Parameter.all().stream().map(KnownParameter::of).toList(),
                settings.expiry().toSeconds());
    }

    @PostMapping("/devices/{id}/commands")
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    @Transactional
    DeviceCommand request(@PathVariable String id, @Valid @RequestBody NewCommand wanted, Caller caller) {
        String made = commands.request(id, wanted.kind(), wanted.arguments(), caller, wanted.expiresAt());
        return commands.find(made, caller);
    }

    @GetMapping("/devices/{id}/commands")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    Page<DeviceCommand> ofDevice(
            @PathVariable String id,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            Caller caller) {
        int most = Page.clamp(limit);
        Long before = cursor == null ? null : Cursor.number(Cursor.parse(cursor, 1)[0]);
        List<DeviceCommand> found = commands.ofDevice(id, caller, before, most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/commands/{id}")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    DeviceCommand one(@PathVariable String id, Caller caller) {
        return commands.find(id, caller);
    }

    @PostMapping("/commands/{id}/cancel")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    @Transactional
    DeviceCommand cancel(@PathVariable String id, @Valid @RequestBody Version seen, Caller caller) {
        commands.cancel(id, seen.version(), caller);
        return commands.find(id, caller);
    }
}
