package org.farwatch.ingest.gb28181;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.nio.charset.StandardCharsets;

/**
 * Bodies of MANSCDP ({@link Element}, {@link MessageReader}): a message or a refusal that says why; nothing in them becomes
 * longer than it came, as an entity would, and every text can be stored.
 */
public final class ManscdpFuzz {
    private static final String[] COMMANDS = {
        "Keepalive",
        "Catalog",
        "DeviceInfo",
        "DeviceStatus",
        "RecordInfo",
        "PresetQuery",
        "Alarm",
        "MobilePosition",
        "MediaStatus"
    };

    private ManscdpFuzz() {}

    /** Where the first byte is none of XML it stands for a command, and the rest for what is in its root. */
    public static void run(byte[] bytes) {
        byte[] body = bytes.length > 0 && bytes[0] >= 0 && bytes[0] < COMMANDS.length ? within(bytes) : bytes;
        Element root;
        try {
            root = Element.parse(body);
        } catch (Element.Malformed e) {
            holds(!e.getMessage().isEmpty(), "refused without a reason");
            refused(body);
            return;
        }
        holds(length(root) <= Element.decode(body).length(), "longer than it came");
        if (root.get("CmdType").isEmpty()) {
            refused(body);
            return;
        }
        Message message = MessageReader.read(body);
        same(message.about(), root.get("DeviceID"), "who it is about");
        String text = message.toString();
        same(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8), text, "texts as stored");
    }

    private static byte[] within(byte[] bytes) {
        String inside = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        String root = inside.startsWith("!") ? "Notify" : "Response";
        return "<%s><CmdType>%s</CmdType><SN>1</SN><DeviceID>34020000001320000001</DeviceID>%s</%s>"
                .formatted(root, COMMANDS[bytes[0]], inside, root)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(byte[] body) {
        try {
            Message message = MessageReader.read(body);
            throw new AssertionError("not refused: " + message);
        } catch (IllegalArgumentException e) {
            holds(e.getMessage() != null && !e.getMessage().isEmpty(), "refused without a reason");
        }
    }

    private static long length(Element element) {
        long length = (long) element.name().length() + element.text().length();
        for (Element child : element.children()) {
            length += length(child);
        }
        return length;
    }
}
