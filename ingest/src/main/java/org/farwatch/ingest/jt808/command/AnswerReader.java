package org.farwatch.ingest.jt808.command;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.LocationBody;
import org.farwatch.ingest.jt808.TerminalTime;
import org.farwatch.ingest.jt808.command.Answer.AreaSeen;
import org.farwatch.ingest.jt808.command.Answer.MediaSeen;
import org.farwatch.ingest.jt808.command.Answer.RecordingSeen;

/** Reads the bodies of answers. What cannot be read is a failed command with the reason, never an exception. */
public final class AnswerReader {
    private static final int STATUS_AT = 4;
    private static final int TIME_AT = 22;
    private static final int POSITIONED = 1 << 1;

    private AnswerReader() {}

    /** What a general reply's result means for a command that it is the whole answer to. */
    public static Answer general(int result) {
        return switch (result) {
            case 0 -> new Answer.Done();
            case 1 -> new Answer.Failed("the terminal answered: failure");
            case 2 -> new Answer.Failed("the terminal answered: the message is wrong");
            case 3 -> new Answer.Unsupported("the terminal answered: not supported");
            default -> new Answer.Failed("the terminal answered with result " + result + ", which has no meaning");
        };
    }

    /**
     * Whether an answer begins with the serial of what it answers.
     *
     * @param messageId of the answer
     */
    public static boolean namesSerial(int messageId) {
        return switch (messageId) {
            case 0x0104, 0x0201, 0x0500, 0x0802, 0x0805, 0x1205 -> true;
            default -> false;
        };
    }

    /**
     * Reads an answer.
     *
     * @param body of the whole message
     */
    public static Answer read(int messageId, byte[] body, Layout layout) {
        Fields in = new Fields(body);
        try {
            if (namesSerial(messageId)) {
                in.word();
            }
            return switch (messageId) {
                case 0x0104 -> parameters(in);
                case 0x0107 -> attributes(in, layout);
                case 0x0201, 0x0500 -> located(in);
                case 0x0608 -> areas(in);
                case 0x0702 -> driver(in);
                case 0x0802 -> media(in);
                case 0x0805 -> photographed(in);
                case 0x1003 -> video(in);
                case 0x1205 -> recordings(in);
                default -> new Answer.Failed("the terminal answered with message %04x".formatted(messageId));
            };
        } catch (Fields.Truncated e) {
            return new Answer.Failed("the answer %04x cannot be read: %s".formatted(messageId, e.getMessage()));
        }
    }

    private static Answer parameters(Fields in) throws Fields.Truncated {
        int count = in.octet();
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = in.dword();
            values.add(new ParameterValue(id, Parameter.of(id).read(in.raw(in.octet()))));
        }
        return new Answer.Parameters(values);
    }

    /** The maker has 5 bytes, in some terminals of 2019 eleven: only one of them leaves what follows in its place. */
    private static Answer attributes(Fields in, Layout layout) throws Fields.Truncated {
        if (layout != Layout.V2019) {
            return attributes(in, 5, 20, 7);
        }
        int start = in.at();
        try {
            Answer read = attributes(in, 5, 30, 30);
            if (in.left() == 0) {
                return read;
            }
        } catch (Fields.Truncated e) {
            in.back(start);
            return attributes(in, 11, 30, 30);
        }
        in.back(start);
        return attributes(in, 11, 30, 30);
    }

    private static Answer attributes(Fields in, int maker, int model, int terminalId) throws Fields.Truncated {
        return new Answer.Attributes(
                in.word(),
                in.text(maker),
                in.text(model),
                in.text(terminalId),
                in.digits(10),
                in.text(in.octet()),
                in.text(in.octet()),
                in.octet(),
                in.octet());
    }

    private static Answer located(Fields in) throws Fields.Truncated {
        byte[] location = in.raw(LocationBody.FIXED_BYTES);
        return new Answer.Located(time(location, TIME_AT), (location[STATUS_AT + 3] & POSITIONED) != 0);
    }

    private static Long time(byte[] bytes, int at) {
        long millis = TerminalTime.millis(bytes, at);
        return millis == FixTimes.NO_DATE ? null : millis;
    }

    private static Answer photographed(Fields in) throws Fields.Truncated {
        int result = in.octet();
        return switch (result) {
            case 0 -> {
                int count = in.word();
                List<Long> ids = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    ids.add(in.dword());
                }
                yield new Answer.Photographed(ids);
            }
            case 2 -> new Answer.Unsupported("the terminal answered: it has no such channel");
            default -> new Answer.Failed("the terminal answered: no photograph taken (result " + result + ")");
        };
    }

    private static Answer media(Fields in) throws Fields.Truncated {
        int count = in.word();
        List<MediaSeen> media = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = in.dword();
            int type = in.octet();
            int channel = in.octet();
            int event = in.octet();
            media.add(new MediaSeen(id, type, channel, event, time(in.raw(LocationBody.FIXED_BYTES), TIME_AT)));
        }
        return new Answer.MediaFound(media);
    }

    private static Answer video(Fields in) throws Fields.Truncated {
        int soundCodec = in.octet();
        in.raw(3);
        return new Answer.VideoAttributes(soundCodec, in.word(), in.octet() == 1, in.octet(), in.octet(), in.octet());
    }

    private static Answer recordings(Fields in) throws Fields.Truncated {
        long count = in.dword();
        List<RecordingSeen> recordings = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int channel = in.octet();
            Long from = time(in.raw(TerminalTime.BYTES), 0);
            Long to = time(in.raw(TerminalTime.BYTES), 0);
            long alarms = in.dword() << 32 | in.dword();
            recordings.add(
                    new RecordingSeen(channel, from, to, alarms, in.octet(), in.octet(), in.octet(), in.dword()));
        }
        return new Answer.RecordingsFound(recordings);
    }

    private static Answer driver(Fields in) throws Fields.Truncated {
        boolean inserted = in.octet() == 1;
        in.raw(TerminalTime.BYTES);
        if (!inserted || in.octet() != 0) {
            return new Answer.Driver(false, "", "");
        }
        return new Answer.Driver(true, in.text(in.octet()), in.text(20));
    }

    /** Items as 0x8600 to 0x8606 have them in 2019, the only edition with this answer. */
    private static Answer areas(Fields in) throws Fields.Truncated {
        int number = in.octet();
        if (number < 1 || number > AreaCommand.Kind.values().length) {
            return new Answer.Failed("the answer 0608 cannot be read: kind of area must be 1 to 4, was " + number);
        }
        AreaCommand.Kind kind = AreaCommand.Kind.values()[number - 1];
        long count = in.dword();
        List<AreaSeen> areas = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            areas.add(area(in, kind));
        }
        return new Answer.Areas(kind, areas);
    }

    private static AreaSeen area(Fields in, AreaCommand.Kind kind) throws Fields.Truncated {
        long id = in.dword();
        int attributes = in.word();
        int times = (attributes & 1) == 0 ? 0 : 2 * TerminalTime.BYTES;
        boolean limited = (attributes & 2) != 0;
        int speed = limited ? 3 : 0;
        int night = limited ? 2 : 0;
        switch (kind) {
            case CIRCLE -> in.raw(12 + times + speed + night);
            case RECTANGLE -> in.raw(16 + times + speed + night);
            case POLYGON -> {
                in.raw(times + speed);
                in.raw(8 * in.word());
                in.raw(night);
            }
            case ROUTE -> {
                in.raw(times);
                int turns = in.word();
                for (int i = 0; i < turns; i++) {
                    in.raw(17);
                    int section = in.octet();
                    in.raw(((section & 1) == 0 ? 0 : 4) + ((section & 2) == 0 ? 0 : 5));
                }
            }
        }
        return new AreaSeen(id, in.text(in.word()));
    }
}
