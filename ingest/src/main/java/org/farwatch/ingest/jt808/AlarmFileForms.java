package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.jt808.Form.choice;
import static org.farwatch.ingest.jt808.Form.time;

import java.util.List;
import org.farwatch.ingest.explain.Explanation;

/** Files that belong to an alarm of the driver assistance (苏标, T/JSATL 12-2017). */
final class AlarmFileForms {
    private static final String[] TYPES = {"picture", "sound", "video", "text", "other"};
    private static final int NUMBER_BYTES = 32;

    static final List<Form> ALL = List.of(
            new Form(0x1210, "files of an alarm (报警附件信息)", (out, v2019) -> {
                out.text(v2019 ? 30 : 7, "terminal id");
                identifier(out, v2019);
                out.text(NUMBER_BYTES, "alarm number");
                choice(out, "information", "ordinary", "sent again");
                Form.times(out, out.octet("files %d"), () -> {
                    out.countedText("name");
                    out.dword("size %d bytes");
                });
            }),
            new Form(0x1211, "file begins (文件信息上传)", (out, _) -> file(out)),
            new Form(0x1212, "file ended (文件上传完成消息)", (out, _) -> file(out)),
            new Form(0x9208, "files of an alarm ordered (报警附件上传指令)", (out, v2019) -> {
                out.countedText("server");
                out.word("TCP port %d");
                out.word("UDP port %d");
                identifier(out, v2019);
                out.text(NUMBER_BYTES, "alarm number");
                out.field(16, "reserved");
            }),
            new Form(0x9212, "reply to a file (文件上传完成消息应答)", (out, _) -> {
                out.countedText("name");
                choice(out, "type", TYPES);
                choice(out, "result", "done", "parts are missing");
                Form.times(out, out.octet("missing parts %d"), () -> {
                    out.dword("from byte %d");
                    out.dword("%d bytes");
                });
            }));

    private AlarmFileForms() {}

    /** The Guangdong edition writes longer ids into messages with the header of 2019. */
    private static void identifier(Explanation out, boolean v2019) {
        out.text(v2019 ? 30 : 7, "terminal id");
        time(out, "alarm at");
        out.octet("alarm %d of that second");
        out.octet("files %d");
        out.field(v2019 ? 2 : 1, "reserved");
    }

    private static void file(Explanation out) {
        out.countedText("name");
        choice(out, "type", TYPES);
        out.dword("size %d bytes");
    }
}
