package org.farwatch.ingest.jt808.command;

import java.util.List;
import org.farwatch.ingest.jt808.Layout;

/** Commands about the terminal itself: parameters, attributes, control. */
public sealed interface SettingCommand extends Command {
    /** Values in one message: the count is a byte. */
    int MOST = 255;

    /** 0x8103: sets parameters. */
    record SetParameters(List<ParameterValue> values) implements SettingCommand {
        public SetParameters {
            values = List.copyOf(values);
            Body.require(
                    !values.isEmpty() && values.size() <= MOST,
                    "parameters must be 1 to " + MOST + ", were " + values.size());
        }

        @Override
        public int messageId() {
            return 0x8103;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body().octet(values.size());
            for (ParameterValue value : values) {
                byte[] bytes = value.bytes();
                body.dword(value.id()).octet(bytes.length).raw(bytes);
            }
            return body.bytes();
        }

        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public String refusal(Layout layout) {
            return values.stream()
                    .map(value -> Parameter.of(value.id()))
                    .filter(parameter -> !parameter.knownTo(layout))
                    .map(parameter -> "parameter %s is of JT/T 808-%s to -%s, the terminal speaks %s"
                            .formatted(
                                    parameter.hex(),
                                    parameter.since().label(),
                                    parameter.until().label(),
                                    layout.label()))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** 0x8104 for all parameters, 0x8106 for some, answered with 0x0104. */
    record QueryParameters(List<Long> ids) implements SettingCommand {
        /** @param ids empty for all */
        public QueryParameters {
            ids = List.copyOf(ids);
            Body.require(ids.size() <= MOST, "parameters must be at most " + MOST + ", were " + ids.size());
            ids.forEach(Parameter.ID::check);
        }

        @Override
        public int messageId() {
            return ids.isEmpty() ? 0x8104 : 0x8106;
        }

        @Override
        public Layout since() {
            return ids.isEmpty() ? Layout.V2011 : Layout.V2013;
        }

        @Override
        public byte[] body(Layout layout) {
            Body body = new Body();
            if (!ids.isEmpty()) {
                body.octet(ids.size());
                ids.forEach(body::dword);
            }
            return body.bytes();
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0104;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** 0x8107, answered with 0x0107. */
    record QueryAttributes() implements SettingCommand {
        @Override
        public int messageId() {
            return 0x8107;
        }

        @Override
        public Layout since() {
            return Layout.V2013;
        }

        @Override
        public byte[] body(Layout layout) {
            return new byte[0];
        }

        @Override
        public int answerId(Layout layout) {
            return 0x0107;
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** What 0x8105 asks for, with the number on the wire. */
    enum Action {
        UPGRADE(1),
        CONNECT(2),
        POWER_OFF(3),
        RESET(4),
        FACTORY_RESET(5),
        CLOSE_DATA_LINK(6),
        CLOSE_RADIO(7);

        private final int code;

        Action(int code) {
            this.code = code;
        }
    }

    /** 0x8105. */
    record Control(Action action, String parameters) implements SettingCommand {
        /** @param parameters separated by semicolons, for {@link Action#UPGRADE} and {@link Action#CONNECT} only */
        public Control {
            Body.requireText("parameters", parameters, 900);
            boolean needed = action == Action.UPGRADE || action == Action.CONNECT;
            Body.require(
                    needed != parameters.isEmpty(),
                    needed ? "parameters must be given for this action" : "parameters must be empty for this action");
        }

        @Override
        public int messageId() {
            return 0x8105;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().octet(action.code).text(parameters).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }

    /** 0x8204: whether the link lives. */
    record LinkTest() implements SettingCommand {
        @Override
        public int messageId() {
            return 0x8204;
        }

        @Override
        public Layout since() {
            return Layout.V2019;
        }

        @Override
        public byte[] body(Layout layout) {
            return new byte[0];
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    /** 0x8900: bytes for what is attached to the terminal. */
    record Transparent(int type, byte[] content) implements SettingCommand {
        public static final Range TYPE = new Range("type", "", 0, 0xFF);
        public static final int MOST_BYTES = 16 * 1024;

        public Transparent {
            TYPE.check(type);
            Body.require(
                    content.length <= MOST_BYTES,
                    "content must have at most " + MOST_BYTES + " bytes, has " + content.length);
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public int messageId() {
            return 0x8900;
        }

        @Override
        public byte[] body(Layout layout) {
            return new Body().octet(type).raw(content).bytes();
        }

        @Override
        public boolean repeatable() {
            return false;
        }
    }
}
