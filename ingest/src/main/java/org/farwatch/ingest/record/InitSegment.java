package org.farwatch.ingest.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.VideoFormat;
import org.farwatch.ingest.media.VideoFrames;

/**
 * What a file's {@code moov} says (ISO/IEC 14496-12, 8.2 to 8.5; sample entries of ISO/IEC 14496-14 and -15).
 *
 * @param format sound's original codec as the name of its track tells it, {@code aac} where that tells none
 * @param videoTrack id of the track of pictures
 * @param scales ticks a second by track id
 */
record InitSegment(MediaFormat format, int videoTrack, Map<Integer, Integer> scales) {
    private static final int FULL_BOX = 4;
    private static final int VISUAL_ENTRY = 78;
    private static final int AUDIO_ENTRY = 28;
    private static final int HANDLER_NAME = 24;

    /**
     * @param moov content of the box
     * @throws IllegalArgumentException when it is broken or has no pictures
     */
    static InitSegment parse(ByteBuffer moov) {
        VideoFormat video = null;
        AudioFormat audio = null;
        int videoTrack = 0;
        Map<Integer, Integer> scales = new HashMap<>();
        try {
            ByteBuffer rest = moov.slice();
            while (rest.hasRemaining()) {
                Box box = Box.next(rest);
                if (!box.type().equals("trak")) {
                    continue;
                }
                ByteBuffer header = need(box.content(), "tkhd");
                ByteBuffer media = need(box.content(), "mdia");
                ByteBuffer mediaHeader = need(media, "mdhd");
                int track = header.getInt(version(header) == 1 ? 20 : 12);
                int scale = mediaHeader.getInt(version(mediaHeader) == 1 ? 20 : 12);
                if (scale < 1) {
                    throw new IllegalArgumentException("track of " + scale + " ticks a second");
                }
                scales.put(track, scale);
                ByteBuffer entries = need(need(need(media, "minf"), "stbl"), "stsd");
                Box entry = Box.next(entries.slice(2 * FULL_BOX, entries.remaining() - 2 * FULL_BOX));
                switch (entry.type()) {
                    case "avc1", "hvc1" -> {
                        video = video(entry);
                        videoTrack = track;
                    }
                    case "mp4a" -> audio = audio(entry, scale, original(need(media, "hdlr")));
                    default -> throw new IllegalArgumentException("track of " + entry.type());
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("moov ends early", e);
        }
        if (video == null) {
            throw new IllegalArgumentException("moov without a track of pictures");
        }
        return new InitSegment(new MediaFormat(video, audio), videoTrack, Map.copyOf(scales));
    }

    private static VideoFormat video(Box entry) {
        boolean avc = entry.type().equals("avc1");
        ByteBuffer content = entry.content();
        ByteBuffer boxes = content.slice(VISUAL_ENTRY, content.remaining() - VISUAL_ENTRY);
        ByteBuffer configuration = need(boxes, avc ? "avcC" : "hvcC");
        VideoFrames frames = new VideoFrames(avc ? VideoCodec.H264 : VideoCodec.H265);
        frames.configure(bytes(configuration, configuration.remaining()));
        if (frames.format() == null) {
            throw new IllegalArgumentException("no parameter sets in the header");
        }
        return frames.format();
    }

    /** Descriptors of ISO/IEC 14496-1, 7.2.6, with lengths of one byte or, extended, of four. */
    private static AudioFormat audio(Box entry, int scale, String original) {
        ByteBuffer content = entry.content();
        int channels = content.getShort(16);
        ByteBuffer esds = need(content.slice(AUDIO_ENTRY, content.remaining() - AUDIO_ENTRY), "esds");
        esds.position(FULL_BOX);
        descriptor(esds, 3);
        esds.position(esds.position() + 3);
        descriptor(esds, 4);
        esds.position(esds.position() + 13);
        return new AudioFormat(original, scale, channels, bytes(esds, descriptor(esds, 5)));
    }

    private static String original(ByteBuffer handler) {
        byte[] name = new byte[Math.max(0, handler.remaining() - HANDLER_NAME)];
        handler.get(HANDLER_NAME, name);
        String text = new String(name, StandardCharsets.UTF_8).split("\0", 2)[0];
        return text.startsWith(AudioFormat.TRACK_NAME) ? text.substring(AudioFormat.TRACK_NAME.length()) : "aac";
    }

    private static int descriptor(ByteBuffer in, int tag) {
        int found = in.get();
        if (found != tag) {
            throw new IllegalArgumentException("descriptor " + found + " where " + tag + " must be");
        }
        int length = 0;
        int next;
        do {
            next = in.get();
            length = length << 7 | next & 0x7f;
        } while ((next & 0x80) != 0);
        return length;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 1 || length > in.remaining()) {
            throw new IllegalArgumentException("configuration of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int version(ByteBuffer fullBox) {
        return fullBox.get(0);
    }

    private static ByteBuffer need(ByteBuffer boxes, String type) {
        return Box.find(boxes, type)
                .orElseThrow(() -> new IllegalArgumentException("no " + type))
                .content();
    }

    /**
     * A box in memory (ISO/IEC 14496-12, 4.2).
     *
     * @param content from its position 0 to its limit
     */
    record Box(String type, ByteBuffer content) {
        static final int HEADER = 8;

        /** Takes the next box from the buffer. */
        static Box next(ByteBuffer in) {
            int size = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            if (size < HEADER || size - HEADER > in.remaining()) {
                throw new IllegalArgumentException("box of " + size + " bytes");
            }
            ByteBuffer content = in.slice(in.position(), size - HEADER);
            in.position(in.position() + size - HEADER);
            return new Box(new String(type, StandardCharsets.ISO_8859_1), content);
        }

        /** The first of a type; the buffer's position stays. */
        static Optional<Box> find(ByteBuffer boxes, String type) {
            ByteBuffer rest = boxes.slice();
            while (rest.hasRemaining()) {
                Box box = next(rest);
                if (box.type().equals(type)) {
                    return Optional.of(box);
                }
            }
            return Optional.empty();
        }
    }
}
