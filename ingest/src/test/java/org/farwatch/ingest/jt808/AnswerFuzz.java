package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import org.farwatch.ingest.explain.Explanation;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.AnswerReader;

/** {@link AnswerReader}: whatever a terminal answers to a command is an answer, and one that can be explained. */
public final class AnswerFuzz {
    private static final int[] IDS = {
        0x0104, 0x0107, 0x0201, 0x0500, 0x0608, 0x0702, 0x0802, 0x0805, 0x0001, 0x1003, 0x1205
    };

    private AnswerFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int id = IDS[in.octet() % IDS.length];
        Layout layout = Layout.values()[in.octet() % Layout.values().length];
        byte[] body = in.rest();
        Answer answer = AnswerReader.read(id, body, layout);
        same(AnswerReader.read(id, body, layout).toString(), answer.toString(), "answer read again");
        long listed = switch (answer) {
            case Answer.Parameters(var values) -> values.size();
            case Answer.MediaFound(var media) -> media.size();
            case Answer.Photographed(var media) -> media.size();
            case Answer.Areas(var _, var areas) -> areas.size();
            case Answer.RecordingsFound(var recordings) -> recordings.size();
            case Answer.Failed(String reason) -> reason.isEmpty() ? Long.MAX_VALUE : 0;
            case Answer.Done _,
                    Answer.Unsupported _,
                    Answer.NotOnline _,
                    Answer.Busy _,
                    Answer.NoAnswer _,
                    Answer.ConnectionLost _,
                    Answer.Attributes _,
                    Answer.Located _,
                    Answer.VideoAttributes _,
                    Answer.Driver _ -> 0;
        };
        holds(listed <= body.length / 4, "%d things listed in %d bytes".formatted(listed, body.length));
        Explanation explained = Jt808Explain.explainBody(id, layout == Layout.V2019, body);
        holds(explained.at() <= body.length, "explained beyond the body");
    }
}
