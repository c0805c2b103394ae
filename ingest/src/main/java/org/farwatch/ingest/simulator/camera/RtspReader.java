package org.farwatch.ingest.simulator.camera;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.farwatch.ingest.simulator.camera.RtspMessage.Malformed;
import org.farwatch.ingest.simulator.camera.RtspMessage.Request;

/**
 * Takes requests out of a connection's bytes (RFC 2326, 6 and 15). Interleaved packets of the client, which are receiver
 * reports, are passed over (10.12), and so are bodies. After a fault nothing more is read.
 */
final class RtspReader extends ByteToMessageDecoder {
    /** Bytes of a request's line and headers at most. */
    static final int MAX_HEAD = 8 * 1024;

    static final int MAX_URI = 2 * 1024;
    static final int MAX_BODY = 16 * 1024;

    private static final int INTERLEAVED_HEADER = 4;
    private static final String NO_CSEQ = null;

    private int bodyLeft;
    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int skipped = Math.min(bodyLeft, in.readableBytes());
        in.skipBytes(skipped);
        bodyLeft -= skipped;
        if (bodyLeft > 0 || !in.isReadable()) {
            return;
        }
        byte first = in.getByte(in.readerIndex());
        if (first == '$') {
            interleaved(in);
        } else if (first == '\r' || first == '\n') {
            in.skipBytes(1);
        } else {
            int end = endOfHead(in);
            if (end >= 0) {
                String head = in.readString(end - in.readerIndex(), StandardCharsets.UTF_8);
                RtspMessage message = parse(head);
                broken = message instanceof Malformed;
                out.add(message);
            } else if (in.readableBytes() > MAX_HEAD) {
                broken = true;
                out.add(new Malformed(tooLarge(in), NO_CSEQ));
                in.skipBytes(in.readableBytes());
            }
        }
    }

    private static void interleaved(ByteBuf in) {
        if (in.readableBytes() >= INTERLEAVED_HEADER) {
            int length = INTERLEAVED_HEADER + in.getUnsignedShort(in.readerIndex() + 2);
            if (in.readableBytes() >= length) {
                in.skipBytes(length);
            }
        }
    }

    /** Behind the empty line, -1 while it has not come. */
    private static int endOfHead(ByteBuf in) {
        int limit = Math.min(in.writerIndex(), in.readerIndex() + MAX_HEAD);
        boolean lineHasBytes = false;
        for (int i = in.readerIndex(); i < limit; i++) {
            byte character = in.getByte(i);
            if (character == '\n') {
                if (!lineHasBytes) {
                    return i + 1;
                }
                lineHasBytes = false;
            } else if (character != '\r') {
                lineHasBytes = true;
            }
        }
        return -1;
    }

    private static RtspStatus tooLarge(ByteBuf in) {
        int line = in.indexOf(in.readerIndex(), in.readerIndex() + MAX_URI, (byte) '\n');
        return line < 0 ? RtspStatus.URI_TOO_LARGE : RtspStatus.ENTITY_TOO_LARGE;
    }

    private RtspMessage parse(String head) {
        String[] lines = head.split("\r?\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                return new Malformed(RtspStatus.BAD_REQUEST, headers.get("cseq"));
            }
            headers.put(
                    lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String cseq = headers.get("cseq");
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || words[0].isEmpty() || words[1].isEmpty() || !words[2].startsWith("RTSP/")) {
            return new Malformed(RtspStatus.BAD_REQUEST, cseq);
        }
        if (!words[2].equals("RTSP/1.0")) {
            return new Malformed(RtspStatus.VERSION_NOT_SUPPORTED, cseq);
        }
        if (cseq == null || !cseq.matches("\\d{1,9}")) {
            return new Malformed(RtspStatus.BAD_REQUEST, NO_CSEQ);
        }
        if (words[1].length() > MAX_URI) {
            return new Malformed(RtspStatus.URI_TOO_LARGE, cseq);
        }
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("\\d{1,9}")) {
            return new Malformed(RtspStatus.BAD_REQUEST, cseq);
        }
        bodyLeft = Integer.parseInt(length);
        return bodyLeft > MAX_BODY
                ? new Malformed(RtspStatus.ENTITY_TOO_LARGE, cseq)
                : new Request(words[0], words[1], headers);
    }
}
