package org.farwatch.ingest.jt808.command;

import java.util.List;
import org.farwatch.ingest.jt808.Layout;

/** Commands about the areas that a terminal watches by itself. Ids are of each kind apart. */
public sealed interface AreaCommand extends Command {
    Range ID = new Range("id", "", 1, 0xFFFF_FFFFL);
    int MOST_NAME = 100;
    int MOST_IDS = 125;

    /** The kinds with their number on the wire and their ids of messages. */
    enum Kind {
        CIRCLE(0x8600),
        RECTANGLE(0x8602),
        POLYGON(0x8604),
        ROUTE(0x8606);

        private final int setId;

        Kind(int setId) {
            this.setId = setId;
        }
    }

    /** Setting, deleting or asking again changes nothing; see {@link Operation#APPEND} for the exception. */
    @Override
    default boolean repeatable() {
        return true;
    }

    private static void check(long id, String name) {
        ID.check(id);
        Body.requireText("name", name, MOST_NAME);
    }

    private static void named(Body body, String name) {
        byte[] bytes = name.getBytes(Body.GBK);
        body.word(bytes.length).raw(bytes);
    }

    private static byte[] one(
            Operation operation, long id, Place place, AreaRule rule, String name, Layout layout, Body shape) {
        Body body = new Body()
                .octet(operation.ordinal())
                .octet(1)
                .dword(id)
                .word(rule.attributes(place))
                .raw(shape.bytes());
        rule.times(body);
        rule.speed(body);
        if (layout == Layout.V2019) {
            rule.nightSpeed(body);
            named(body, name);
        }
        return body.bytes();
    }

    /** How circles and rectangles are combined with those that the terminal has. */
    enum Operation {
        REPLACE_ALL,
        /** Some terminals keep two areas when they get one twice, so it is sent once. */
        APPEND,
        MODIFY
    }

    /** 0x8600: one circle. */
    record SetCircle(Operation operation, long id, String name, AreaRule rule, Place centre, long radius)
            implements AreaCommand {
        public static final Range RADIUS = new Range("radius", "m", 1, 0xFFFF_FFFFL);

        public SetCircle {
            check(id, name);
            RADIUS.check(radius);
        }

        @Override
        public int messageId() {
            return Kind.CIRCLE.setId;
        }

        @Override
        public byte[] body(Layout layout) {
            Body shape = new Body()
                    .degree(centre.latitude())
                    .degree(centre.longitude())
                    .dword(radius);
            return one(operation, id, centre, rule, name, layout, shape);
        }

        @Override
        public boolean repeatable() {
            return operation != Operation.APPEND;
        }
    }

    /** 0x8602: one rectangle, by its corners in the north-west and south-east. */
    record SetRectangle(Operation operation, long id, String name, AreaRule rule, Place upperLeft, Place lowerRight)
            implements AreaCommand {
        public SetRectangle {
            check(id, name);
            Body.require(upperLeft.sharesHemispheres(lowerRight), "lowerRight must be in the hemispheres of upperLeft");
            Body.require(
                    upperLeft.longitude() < lowerRight.longitude() && upperLeft.latitude() > lowerRight.latitude(),
                    "lowerRight must be south-east of upperLeft");
        }

        @Override
        public int messageId() {
            return Kind.RECTANGLE.setId;
        }

        @Override
        public byte[] body(Layout layout) {
            Body shape = new Body()
                    .degree(upperLeft.latitude())
                    .degree(upperLeft.longitude())
                    .degree(lowerRight.latitude())
                    .degree(lowerRight.longitude());
            return one(operation, id, upperLeft, rule, name, layout, shape);
        }

        @Override
        public boolean repeatable() {
            return operation != Operation.APPEND;
        }
    }

    /** 0x8604: one polygon. */
    record SetPolygon(long id, String name, AreaRule rule, List<Place> vertices) implements AreaCommand {
        public static final int MOST_VERTICES = 2000;

        public SetPolygon {
            check(id, name);
            vertices = List.copyOf(vertices);
            Body.require(
                    vertices.size() >= 3 && vertices.size() <= MOST_VERTICES,
                    "vertices must be 3 to " + MOST_VERTICES + ", were " + vertices.size());
            Place first = vertices.getFirst();
            Body.require(
                    vertices.stream().allMatch(first::sharesHemispheres),
                    "vertices must all be in the same hemispheres");
        }

        @Override
        public int messageId() {
            return Kind.POLYGON.setId;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body().dword(id).word(rule.attributes(vertices.getFirst()));
            rule.times(body);
            rule.speed(body);
            body.word(vertices.size());
            vertices.forEach(place -> body.degree(place.latitude()).degree(place.longitude()));
            if (layout == Layout.V2019) {
                rule.nightSpeed(body);
                named(body, name);
            }
            return body.bytes();
        }
    }

    /**
     * A turning point of a route and the section that begins there.
     *
     * @param width of the section, metres
     * @param maxSpeed km/h, 0 for no limit
     * @param nightMaxSpeed km/h, only terminals of 2019 know it
     */
    record Turn(Place place, int width, int maxSpeed, int overspeedSeconds, int nightMaxSpeed) {
        public static final Range WIDTH = new Range("width", "m", 1, 255);

        private static final int SPEED = 1 << 1;
        private static final int SOUTH = 1 << 2;
        private static final int WEST = 1 << 3;

        public Turn {
            WIDTH.check(width);
            AreaRule.MAX_SPEED.check(maxSpeed);
            AreaRule.OVERSPEED_SECONDS.check(overspeedSeconds);
            AreaRule.NIGHT_MAX_SPEED.check(nightMaxSpeed);
        }

        private void write(Body body, int number, Layout layout) {
            int attributes = (maxSpeed > 0 ? SPEED : 0)
                    | (place.latitude() < 0 ? SOUTH : 0)
                    | (place.longitude() < 0 ? WEST : 0);
            body.dword(number)
                    .dword(number)
                    .degree(place.latitude())
                    .degree(place.longitude())
                    .octet(width)
                    .octet(attributes);
            if (maxSpeed > 0) {
                body.word(maxSpeed).octet(overspeedSeconds);
                if (layout == Layout.V2019) {
                    body.word(nightMaxSpeed);
                }
            }
        }
    }

    /** 0x8606: one route. Speeds are of its sections, so the rule has none. */
    record SetRoute(long id, String name, AreaRule rule, List<Turn> turns) implements AreaCommand {
        public static final int MOST_TURNS = 1000;

        private static final int HEMISPHERES = AreaRule.hemispheres(new Place(-1, -1));

        public SetRoute {
            check(id, name);
            turns = List.copyOf(turns);
            Body.require(
                    turns.size() >= 2 && turns.size() <= MOST_TURNS,
                    "turns must be 2 to " + MOST_TURNS + ", were " + turns.size());
            Body.require(!rule.limitsSpeed(), "maxSpeed must be given for each turn, not for the route");
        }

        @Override
        public int messageId() {
            return Kind.ROUTE.setId;
        }

        @Override
        public byte[] body(Layout layout) {
            int attributes = rule.attributes(turns.getFirst().place()) & ~HEMISPHERES;
            Body body = new Body().dword(id).word(attributes);
            rule.times(body);
            body.word(turns.size());
            for (int i = 0; i < turns.size(); i++) {
                turns.get(i).write(body, i + 1, layout);
            }
            if (layout == Layout.V2019) {
                named(body, name);
            }
            return body.bytes();
        }
    }

    /** 0x8601, 0x8603, 0x8605, 0x8607. */
    record DeleteAreas(Kind kind, List<Long> ids) implements AreaCommand {
        /** @param ids empty for all of the kind */
        public DeleteAreas {
            ids = List.copyOf(ids);
            Body.require(ids.size() <= MOST_IDS, "ids must be at most " + MOST_IDS + ", were " + ids.size());
            ids.forEach(ID::check);
        }

        @Override
        public int messageId() {
            return kind.setId + 1;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body().octet(ids.size());
            ids.forEach(body::dword);
            return body.bytes();
        }
    }

    /** 0x8608, answered with 0x0608. */
    record QueryAreas(Kind kind, List<Long> ids) implements AreaCommand {
        /** @param ids empty for all of the kind */
        public QueryAreas {
            ids = List.copyOf(ids);
            Body.require(ids.size() <= MOST_IDS, "ids must be at most " + MOST_IDS + ", were " + ids.size());
            ids.forEach(ID::check);
        }

        @Override
        public int messageId() {
            return 0x8608;
        }

        @Override
        public Layout since() {
            return Layout.V2019;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body().octet(kind.ordinal() + 1).dword(ids.size());
            ids.forEach(body::dword);
            return body.bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0608;
        }
    }
}
