package org.farwatch.api.commands;

import static org.farwatch.api.commands.CommandField.choice;
import static org.farwatch.api.commands.CommandField.flag;
import static org.farwatch.api.commands.CommandField.list;
import static org.farwatch.api.commands.CommandField.number;
import static org.farwatch.api.commands.CommandField.optional;
import static org.farwatch.api.commands.CommandField.required;
import static org.farwatch.api.commands.CommandField.text;
import static org.farwatch.api.commands.CommandKind.Regard.NONE;
import static org.farwatch.api.commands.CommandKind.Regard.PICTURE_OR_SOUND;
import static org.farwatch.api.commands.CommandKind.Regard.WHEREABOUTS;
import static org.farwatch.ingest.jt808.Layout.V2011;
import static org.farwatch.ingest.jt808.Layout.V2013;
import static org.farwatch.ingest.jt808.Layout.V2019;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.Role;
import org.farwatch.api.commands.CommandKind.Make;
import org.farwatch.api.commands.CommandKind.Regard;
import org.farwatch.api.flow.Flow;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.command.DriverCommand.AskDriver;
import org.farwatch.ingest.jt808.command.DriverCommand.CallBack;
import org.farwatch.ingest.jt808.command.DriverCommand.Text;
import org.farwatch.ingest.jt808.command.DriverCommand.VehicleControl;
import org.farwatch.ingest.jt808.command.MediaCommand.MediaType;
import org.farwatch.ingest.jt808.command.MediaCommand.Photograph;
import org.farwatch.ingest.jt808.command.MediaCommand.RecordSound;
import org.farwatch.ingest.jt808.command.MediaCommand.SearchMedia;
import org.farwatch.ingest.jt808.command.MediaCommand.Stored;
import org.farwatch.ingest.jt808.command.MediaCommand.UploadMedia;
import org.farwatch.ingest.jt808.command.MediaCommand.UploadOneMedia;
import org.farwatch.ingest.jt808.command.PositionCommand.ConfirmAlarm;
import org.farwatch.ingest.jt808.command.PositionCommand.Locate;
import org.farwatch.ingest.jt808.command.PositionCommand.Track;
import org.farwatch.ingest.jt808.command.SettingCommand;
import org.farwatch.ingest.jt808.command.SettingCommand.Action;
import org.farwatch.ingest.jt808.command.SettingCommand.Control;
import org.farwatch.ingest.jt808.command.SettingCommand.LinkTest;
import org.farwatch.ingest.jt808.command.SettingCommand.QueryAttributes;
import org.farwatch.ingest.jt808.command.SettingCommand.QueryParameters;
import org.farwatch.ingest.jt808.command.SettingCommand.SetParameters;
import org.farwatch.ingest.jt808.command.SettingCommand.Transparent;

/** All kinds of commands, one line each: who may, since which edition, with which arguments. */
final class CommandKinds {
    private static final Set<Role> OPERATOR = Set.of(Role.OPERATOR);
    static final Set<Role> ADMINISTRATOR = Set.of(Role.ADMINISTRATOR);
    private static final int MOST_CONTROL_BYTES = 900;
    private static final int MOST_PHONE = 20;

    private static final CommandField[] STORED = {
        choice("type", labels(MediaType.class), Flow.label(MediaType.IMAGE)),
        number(Stored.CHANNEL, 0),
        number(Stored.EVENT, 0),
        optional("from", CommandField.Type.INSTANT),
        optional("to", CommandField.Type.INSTANT)
    };

    private final List<CommandKind> all;

    CommandKinds() {
        List<CommandKind> kinds = new ArrayList<>();
        kinds.add(kind("locate", "8201", V2011, OPERATOR, WHEREABOUTS, _ -> new Locate()));
        kinds.add(kind(
                "track",
                "8202",
                V2011,
                OPERATOR,
                WHEREABOUTS,
                in -> new Track(in.integer("interval"), in.number("validity")),
                number(Track.INTERVAL, 5),
                number(Track.VALIDITY, 300)));
        kinds.add(kind(
                "text",
                "8300",
                V2011,
                OPERATOR,
                NONE,
                in -> new Text(
                        in.flag("urgent"), in.flag("display"), in.flag("speak"), in.flag("service"), in.text("text")),
                text("text", Text.MOST_BYTES, null),
                flag("speak", true),
                flag("display", true),
                flag("urgent", false),
                flag("service", false)));
        kinds.add(kind(
                "confirm-alarm",
                "8203",
                V2013,
                OPERATOR,
                NONE,
                in -> {
                    Set<Integer> bits = new HashSet<>();
                    in.numbers("bits").forEach(bit -> bits.add(bit.intValue()));
                    return new ConfirmAlarm(in.integer("serial"), bits);
                },
                number(ConfirmAlarm.SERIAL, 0),
                list("bits", CommandField.Type.NUMBERS, 1, ConfirmAlarm.CONFIRMABLE.size())));
        kinds.add(kind("ask-driver", "8702", V2013, OPERATOR, NONE, _ -> new AskDriver()));
        kinds.add(kind(
                "vehicle-control",
                "8500",
                V2011,
                OPERATOR,
                NONE,
                in -> new VehicleControl(in.flag("lock")),
                flag("lock", true)));
        media(kinds);
        settings(kinds);
        AreaKinds.add(kinds);
        all = List.copyOf(kinds);
    }

    private static void media(List<CommandKind> kinds) {
        kinds.add(kind(
                "photograph",
                "8801",
                V2011,
                OPERATOR,
                PICTURE_OR_SOUND,
                in -> new Photograph(
                        in.integer("channel"),
                        in.integer("count"),
                        in.integer("interval"),
                        in.flag("store"),
                        in.integer("resolution"),
                        in.integer("quality")),
                number(Photograph.CHANNEL, 1),
                number(Photograph.COUNT, 1),
                number(Photograph.INTERVAL, 0),
                flag("store", false),
                number(Photograph.RESOLUTION, 2),
                number(Photograph.QUALITY, 3)));
        kinds.add(kind(
                "record-sound",
                "8804",
                V2011,
                OPERATOR,
                PICTURE_OR_SOUND,
                in -> new RecordSound(in.flag("start"), in.integer("seconds"), in.flag("store"), in.integer("rate")),
                flag("start", true),
                number(RecordSound.SECONDS, 30),
                flag("store", false),
                number(RecordSound.RATE, 0)));
        kinds.add(kind(
                "call-back",
                "8400",
                V2011,
                OPERATOR,
                PICTURE_OR_SOUND,
                in -> new CallBack(in.flag("listen"), in.text("phone")),
                text("phone", MOST_PHONE, null),
                flag("listen", false)));
        kinds.add(kind(
                "search-media", "8802", V2011, OPERATOR, PICTURE_OR_SOUND, in -> new SearchMedia(stored(in)), STORED));
        kinds.add(kind(
                "upload-media", "8803", V2011, OPERATOR, PICTURE_OR_SOUND, in -> new UploadMedia(stored(in)), STORED));
        kinds.add(kind(
                "upload-one-media",
                "8805",
                V2013,
                OPERATOR,
                PICTURE_OR_SOUND,
                in -> new UploadOneMedia(in.number("id")),
                number(UploadOneMedia.ID)));
    }

    private static void settings(List<CommandKind> kinds) {
        kinds.add(kind(
                "query-parameters",
                "8104",
                V2011,
                ADMINISTRATOR,
                NONE,
                in -> new QueryParameters(in.numbers("parameters")),
                list("parameters", CommandField.Type.PARAMETER_IDS, 0, SettingCommand.MOST)));
        kinds.add(kind(
                "set-parameters",
                "8103",
                V2011,
                ADMINISTRATOR,
                NONE,
                in -> new SetParameters(in.parameters("parameters")),
                list("parameters", CommandField.Type.PARAMETERS, 1, SettingCommand.MOST)));
        kinds.add(kind("query-attributes", "8107", V2013, ADMINISTRATOR, NONE, _ -> new QueryAttributes()));
        kinds.add(kind("link-test", "8204", V2019, ADMINISTRATOR, NONE, _ -> new LinkTest()));
        kinds.add(kind(
                "control",
                "8105",
                V2011,
                ADMINISTRATOR,
                NONE,
                in -> new Control(in.choice("action", Action.class), in.text("parameters")),
                choice("action", labels(Action.class), null),
                text("parameters", MOST_CONTROL_BYTES, "")));
        kinds.add(kind(
                "transparent",
                "8900",
                V2011,
                ADMINISTRATOR,
                NONE,
                in -> new Transparent(in.integer("type"), in.bytes("content")),
                number(Transparent.TYPE),
                required("content", CommandField.Type.BYTES)));
    }

    private static Stored stored(CommandArguments in) {
        return new Stored(
                in.choice("type", MediaType.class),
                in.integer("channel"),
                in.integer("event"),
                in.instant("from"),
                in.instant("to"));
    }

    static CommandKind kind(
            String label,
            String message,
            Layout since,
            Set<Role> roles,
            Regard regard,
            Make make,
            CommandField... fields) {
        return new CommandKind(label, message, since, roles, regard, List.of(fields), make);
    }

    static <E extends Enum<E>> List<String> labels(Class<E> type) {
        return EnumSet.allOf(type).stream().map(Flow::label).toList();
    }

    List<CommandKind> all() {
        return all;
    }

    Optional<CommandKind> find(String label) {
        return all.stream().filter(kind -> kind.label().equals(label)).findFirst();
    }
}
