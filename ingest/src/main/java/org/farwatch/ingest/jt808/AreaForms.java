package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.jt808.Form.bits;
import static org.farwatch.ingest.jt808.Form.choice;
import static org.farwatch.ingest.jt808.Form.degrees;

import java.util.List;
import org.farwatch.ingest.explain.Explanation;

/** Areas and routes that terminals watch by themselves (JT/T 808, 0x8600 to 0x8608, 0x0608). */
final class AreaForms {
    private static final int TIMES = 1;
    private static final int SPEED = 2;
    private static final String[] ORDERS = {"replace all", "append", "modify"};
    private static final String[] KINDS = {"unknown", "circles", "rectangles", "polygons", "routes"};
    private static final String[] ATTRIBUTES = {
        "times",
        "speed",
        "driver told of entering",
        "platform told of entering",
        "driver told of leaving",
        "platform told of leaving",
        "south",
        "west",
        "doors stay closed",
        "",
        "",
        "",
        "",
        "",
        "no radio inside",
        "GNSS details inside"
    };

    static final List<Form> ALL = List.of(
            new Form(0x8600, "circles (设置圆形区域)", (out, v2019) -> {
                choice(out, "order", ORDERS);
                Form.times(out, out.octet("circles %d"), () -> circle(out, v2019));
            }),
            removal(0x8601, "removal of circles (删除圆形区域)"),
            new Form(0x8602, "rectangles (设置矩形区域)", (out, v2019) -> {
                choice(out, "order", ORDERS);
                Form.times(out, out.octet("rectangles %d"), () -> rectangle(out, v2019));
            }),
            removal(0x8603, "removal of rectangles (删除矩形区域)"),
            new Form(0x8604, "polygon (设置多边形区域)", AreaForms::polygon),
            removal(0x8605, "removal of polygons (删除多边形区域)"),
            new Form(0x8606, "route (设置路线)", AreaForms::route),
            removal(0x8607, "removal of routes (删除路线)"),
            new Form(0x8608, "query of areas (查询区域或线路数据)", (out, _) -> {
                choice(out, "kind", KINDS);
                Form.times(out, out.dword("areas %d, 0: all"), () -> out.dword("area %d"));
            }),
            new Form(MessageId.AREAS, "areas (查询区域或线路数据应答)", (out, v2019) -> {
                int kind = choice(out, "kind", KINDS);
                Form.times(out, out.dword("areas %d"), () -> {
                    switch (kind) {
                        case 1 -> circle(out, v2019);
                        case 2 -> rectangle(out, v2019);
                        case 3 -> polygon(out, v2019);
                        case 4 -> route(out, v2019);
                        default -> out.wrongRest("no such kind");
                    }
                });
            }));

    private AreaForms() {}

    private static Form removal(int messageId, String name) {
        return new Form(
                messageId,
                name,
                (out, _) -> Form.times(out, out.octet("areas %d, 0: all"), () -> out.dword("area %d")));
    }

    private static long begin(Explanation out) {
        out.dword("area %d");
        return bits(out, 2, "attributes", ATTRIBUTES);
    }

    private static void circle(Explanation out, boolean v2019) {
        long attributes = begin(out);
        point(out, "centre");
        out.dword("radius %d m");
        rules(out, attributes, v2019);
        named(out, v2019);
    }

    private static void rectangle(Explanation out, boolean v2019) {
        long attributes = begin(out);
        point(out, "upper left");
        point(out, "lower right");
        rules(out, attributes, v2019);
        named(out, v2019);
    }

    /** Of a polygon, unlike the others, the speed at night comes after the vertices. */
    private static void polygon(Explanation out, boolean v2019) {
        long attributes = begin(out);
        rules(out, attributes, false);
        Form.times(out, out.word("vertices %d"), () -> point(out, "vertex"));
        if (v2019 && (attributes & SPEED) != 0) {
            out.word("at night at most %d km/h");
        }
        named(out, v2019);
    }

    private static void route(Explanation out, boolean v2019) {
        long attributes = begin(out);
        times(out, attributes);
        Form.times(out, out.word("turning points %d"), () -> {
            out.dword("point %d");
            out.dword("section %d");
            point(out, "point");
            out.octet("width %d m");
            long section = bits(out, 1, "section", "travel time", "speed", "south", "west");
            if ((section & TIMES) != 0) {
                out.word("too long after %d s");
                out.word("too short before %d s");
            }
            speed(out, section, v2019);
        });
        named(out, v2019);
    }

    private static void rules(Explanation out, long attributes, boolean nightSpeed) {
        times(out, attributes);
        speed(out, attributes, nightSpeed);
    }

    private static void times(Explanation out, long attributes) {
        if ((attributes & TIMES) != 0) {
            out.field(
                    TerminalTime.BYTES,
                    "from " + out.digits(TerminalTime.BYTES) + ", YYMMDDhhmmss, no date: every day");
            out.field(
                    TerminalTime.BYTES, "to " + out.digits(TerminalTime.BYTES) + ", YYMMDDhhmmss, no date: every day");
        }
    }

    private static void speed(Explanation out, long attributes, boolean nightSpeed) {
        if ((attributes & SPEED) != 0) {
            out.word("at most %d km/h");
            out.octet("overspeed lasts %d s");
            if (nightSpeed) {
                out.word("at night at most %d km/h");
            }
        }
    }

    private static void named(Explanation out, boolean v2019) {
        if (v2019) {
            out.text(out.word("name of %d bytes"), "name");
        }
    }

    private static void point(Explanation out, String what) {
        degrees(out, what + ", latitude", "");
        degrees(out, what + ", longitude", "");
    }
}
