package org.farwatch.api.commands;

import static org.farwatch.api.commands.CommandField.choice;
import static org.farwatch.api.commands.CommandField.choices;
import static org.farwatch.api.commands.CommandField.list;
import static org.farwatch.api.commands.CommandField.number;
import static org.farwatch.api.commands.CommandField.optional;
import static org.farwatch.api.commands.CommandField.required;
import static org.farwatch.api.commands.CommandField.text;
import static org.farwatch.api.commands.CommandKind.Regard.NONE;
import static org.farwatch.ingest.jt808.Layout.V2011;
import static org.farwatch.ingest.jt808.Layout.V2019;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.farwatch.api.commands.CommandKind.Make;
import org.farwatch.api.flow.Flow;
import org.farwatch.ingest.jt808.command.AreaCommand;
import org.farwatch.ingest.jt808.command.AreaCommand.DeleteAreas;
import org.farwatch.ingest.jt808.command.AreaCommand.Operation;
import org.farwatch.ingest.jt808.command.AreaCommand.QueryAreas;
import org.farwatch.ingest.jt808.command.AreaCommand.SetCircle;
import org.farwatch.ingest.jt808.command.AreaCommand.SetPolygon;
import org.farwatch.ingest.jt808.command.AreaCommand.SetRectangle;
import org.farwatch.ingest.jt808.command.AreaCommand.SetRoute;
import org.farwatch.ingest.jt808.command.AreaCommand.Turn;
import org.farwatch.ingest.jt808.command.AreaRule;
import org.farwatch.ingest.jt808.command.Place;

/** The kinds of commands about areas that a terminal watches by itself. */
final class AreaKinds {
    private static final List<CommandField> RULE = List.of(
            optional("from", CommandField.Type.TIME_OF_DAY),
            optional("to", CommandField.Type.TIME_OF_DAY),
            number(AreaRule.MAX_SPEED, 0),
            number(AreaRule.OVERSPEED_SECONDS, 10),
            number(AreaRule.NIGHT_MAX_SPEED, 0),
            choices(
                    "notices",
                    CommandKinds.labels(AreaRule.Notice.class),
                    List.of(
                            Flow.label(AreaRule.Notice.ENTER_TO_PLATFORM),
                            Flow.label(AreaRule.Notice.LEAVE_TO_PLATFORM))));
    private static final List<CommandField> AREA =
            List.of(number(AreaCommand.ID), text("name", AreaCommand.MOST_NAME, ""));
    private static final CommandField OPERATION =
            choice("operation", CommandKinds.labels(Operation.class), Flow.label(Operation.APPEND));
    private static final CommandField IDS = list("ids", CommandField.Type.NUMBERS, 0, AreaCommand.MOST_IDS);
    private static final CommandField AREA_KIND = choice("kind", CommandKinds.labels(AreaCommand.Kind.class), null);

    private AreaKinds() {}

    static void add(List<CommandKind> kinds) {
        kinds.add(CommandKinds.kind(
                "area-from-post",
                "8604",
                V2011,
                CommandKinds.ADMINISTRATOR,
                NONE,
                in -> {
                    PostAreas.Area post = in.post("postId");
                    return new SetPolygon(post.id(), post.name(), AreaRule.watch(), in.ring(post));
                },
                required("postId", CommandField.Type.POST)));
        kinds.add(area(
                "set-circle",
                "8600",
                in -> new SetCircle(
                        in.choice("operation", Operation.class),
                        in.number("id"),
                        in.text("name"),
                        rule(in),
                        in.place("centre"),
                        in.number("radius")),
                OPERATION,
                required("centre", CommandField.Type.PLACE),
                number(SetCircle.RADIUS)));
        kinds.add(area(
                "set-rectangle",
                "8602",
                in -> new SetRectangle(
                        in.choice("operation", Operation.class),
                        in.number("id"),
                        in.text("name"),
                        rule(in),
                        in.place("upperLeft"),
                        in.place("lowerRight")),
                OPERATION,
                required("upperLeft", CommandField.Type.PLACE),
                required("lowerRight", CommandField.Type.PLACE)));
        kinds.add(area(
                "set-polygon",
                "8604",
                in -> new SetPolygon(in.number("id"), in.text("name"), rule(in), in.places("vertices")),
                list("vertices", CommandField.Type.PLACES, 3, SetPolygon.MOST_VERTICES)));
        kinds.add(CommandKinds.kind(
                "set-route",
                "8606",
                V2011,
                CommandKinds.ADMINISTRATOR,
                NONE,
                AreaKinds::route,
                number(AreaCommand.ID),
                text("name", AreaCommand.MOST_NAME, ""),
                list("turns", CommandField.Type.PLACES, 2, SetRoute.MOST_TURNS),
                number(Turn.WIDTH, 30),
                number(AreaRule.MAX_SPEED, 0),
                number(AreaRule.OVERSPEED_SECONDS, 10),
                number(AreaRule.NIGHT_MAX_SPEED, 0)));
        kinds.add(CommandKinds.kind(
                "delete-areas",
                "8601",
                V2011,
                CommandKinds.ADMINISTRATOR,
                NONE,
                in -> new DeleteAreas(in.choice("kind", AreaCommand.Kind.class), in.numbers("ids")),
                AREA_KIND,
                IDS));
        kinds.add(CommandKinds.kind(
                "query-areas",
                "8608",
                V2019,
                CommandKinds.ADMINISTRATOR,
                NONE,
                in -> new QueryAreas(in.choice("kind", AreaCommand.Kind.class), in.numbers("ids")),
                AREA_KIND,
                IDS));
    }

    private static SetRoute route(CommandArguments in) {
        int width = in.integer("width");
        int maxSpeed = in.integer("maxSpeed");
        int seconds = in.integer("overspeedSeconds");
        int night = in.integer("nightMaxSpeed");
        List<Turn> turns = in.places("turns").stream()
                .map((Place place) -> new Turn(place, width, maxSpeed, seconds, night))
                .toList();
        return new SetRoute(in.number("id"), in.text("name"), AreaRule.watch(), turns);
    }

    private static AreaRule rule(CommandArguments in) {
        return new AreaRule(
                in.timeOfDay("from"),
                in.timeOfDay("to"),
                in.integer("maxSpeed"),
                in.integer("overspeedSeconds"),
                in.integer("nightMaxSpeed"),
                Set.copyOf(in.choices("notices", AreaRule.Notice.class)));
    }

    private static CommandKind area(String label, String message, Make make, CommandField... shape) {
        CommandField[] fields = Stream.of(AREA.stream(), Stream.of(shape), RULE.stream())
                .flatMap(part -> part)
                .toArray(CommandField[]::new);
        return CommandKinds.kind(label, message, V2011, CommandKinds.ADMINISTRATOR, NONE, make, fields);
    }
}
