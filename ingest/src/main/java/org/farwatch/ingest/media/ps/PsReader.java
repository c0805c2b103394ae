package org.farwatch.ingest.media.ps;

import org.farwatch.ingest.media.elementary.PesHeader;
import org.farwatch.ingest.media.elementary.Programme;
import org.farwatch.ingest.media.elementary.StreamType;
import org.farwatch.ingest.media.push.Feed;

/**
 * Reads a program stream that comes in pieces cut anywhere (ISO/IEC 13818-1, 2.5.3). What belongs to no packet is
 * skipped up to the next start code of the system layer and told as lost; a map that never comes is not needed. Private
 * streams, padding and all but the first video and sound are skipped. Owned by the stream's event loop; holds one header
 * beside what {@link Programme} holds.
 */
public final class PsReader {
    private static final int END = 0xb9;
    private static final int PACK = 0xba;
    private static final int MAP = 0xbc;
    private static final int FIRST_SOUND = 0xc0;
    private static final int FIRST_VIDEO = 0xe0;
    private static final int LAST_VIDEO = 0xef;

    private static final int LENGTH_END = 6;
    private static final int PACK_HEADER = 14;
    /** Of MPEG-1. */
    private static final int OLD_PACK_HEADER = 12;

    /** More than a map may be long (2.5.4.2). */
    private static final int MAX_HEAD = 1_100;

    private static final byte[] START = {0, 0, 1};

    private enum State {
        SEEK,
        HEAD,
        SKIP,
        PAYLOAD,
        /** Payload of a packet that does not say its length. */
        OPEN
    }

    private final Programme programme;
    private final byte[] head = new byte[MAX_HEAD];
    private final StreamType[] types = new StreamType[256];
    private State state = State.SEEK;
    private int headSize;
    private int need;
    private int left;
    /** Bytes at the end of what came that may begin a start code. */
    private int held;

    private boolean strange;
    private boolean synced;
    private int videoId = -1;
    private int soundId = -1;
    private boolean video;
    private long resyncs;

    public PsReader(Feed feed) {
        programme = new Programme(feed);
    }

    /** Microseconds, for streams without stamps. */
    public void transportStamp(long micros) {
        programme.transportStamp(micros);
    }

    /** @param received our clock, milliseconds since 1970 UTC */
    public void read(byte[] bytes, int offset, int length, long received) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at = switch (state) {
                case SEEK -> seek(bytes, at, end);
                case HEAD -> head(bytes, at, end, received);
                case SKIP, PAYLOAD -> known(bytes, at, end, received);
                case OPEN -> open(bytes, at, end, received);
            };
        }
    }

    /** Bytes in between are missing. */
    public void lost() {
        programme.lost();
        state = State.SEEK;
        held = 0;
        strange = false;
        synced = false;
    }

    /** Nothing more comes: gives out the last picture. */
    public void end(long received) {
        programme.end(received);
        state = State.SEEK;
        held = 0;
    }

    /** The transport says that a picture ends here; within a packet that says its length it does not. */
    public void mark() {
        if (held == 0 && (state == State.SEEK || state == State.OPEN)) {
            programme.markVideo();
        }
    }

    /** How often something stood where a packet had to begin. */
    public long resyncs() {
        return resyncs;
    }

    /** Bytes that wait for what follows. */
    public int unfinished() {
        return programme.unfinished() + headSize;
    }

    private int seek(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            int octet = bytes[at] & 0xff;
            if (held == START.length && octet >= END) {
                if (strange && synced) {
                    resyncs++;
                    programme.lost();
                }
                start(octet);
                return at + 1;
            }
            int was = held;
            hold(octet);
            // Zeros before a start code are stuffing; anything else is not.
            strange |= held == 0 || held < was;
        }
        return end;
    }

    private void hold(int octet) {
        if (octet == 0) {
            held = held == START.length ? 1 : Math.min(2, held + 1);
        } else {
            held = octet == 1 && held == 2 ? START.length : 0;
        }
    }

    private void start(int id) {
        held = 0;
        strange = false;
        synced = true;
        System.arraycopy(START, 0, head, 0, START.length);
        head[START.length] = (byte) id;
        headSize = START.length + 1;
        state = State.HEAD;
        if (id == END) {
            state = State.SEEK;
        } else if (id == PACK) {
            need = headSize + 1;
        } else {
            need = id >= FIRST_SOUND && id <= LAST_VIDEO ? PesHeader.LEAST : LENGTH_END;
        }
    }

    private int head(byte[] bytes, int at, int end, long received) {
        int count = Math.min(need - headSize, end - at);
        System.arraycopy(bytes, at, head, headSize, count);
        headSize += count;
        if (headSize == need) {
            int id = head[START.length] & 0xff;
            if (id == PACK) {
                pack();
            } else if (id >= FIRST_SOUND && id <= LAST_VIDEO) {
                packet(received);
            } else {
                other(id);
            }
        }
        return at + count;
    }

    private void pack() {
        boolean old = (head[4] & 0xf0) == 0x20;
        if (!old && (head[4] & 0xc0) != 0x40) {
            broken();
        } else if (headSize == START.length + 2) {
            need = old ? OLD_PACK_HEADER : PACK_HEADER;
        } else {
            skip(old ? 0 : head[PACK_HEADER - 1] & 7);
        }
    }

    private void other(int id) {
        int length = (head[4] & 0xff) << 8 | head[5] & 0xff;
        if (id != MAP) {
            skip(length);
        } else if (length > MAX_HEAD - LENGTH_END) {
            broken();
        } else if (headSize == LENGTH_END && length > 0) {
            need = LENGTH_END + length;
        } else {
            map(LENGTH_END + length);
            state = State.SEEK;
        }
    }

    /** Program stream map (2.5.4.1); its checksum is not looked at, since devices leave it out. */
    private void map(int end) {
        if (end < 12) {
            return;
        }
        int at = 10 + ((head[8] & 0xff) << 8 | head[9] & 0xff);
        if (at + 2 > end) {
            return;
        }
        int entries = at + 2 + ((head[at] & 0xff) << 8 | head[at + 1] & 0xff);
        at += 2;
        while (at + 4 <= Math.min(entries, end)) {
            int id = head[at + 1] & 0xff;
            types[id] = StreamType.of(head[at] & 0xff);
            if (id == videoId) {
                programme.videoType(types[id]);
            } else if (id == soundId) {
                programme.soundType(types[id]);
            }
            at += 4 + ((head[at + 2] & 0xff) << 8 | head[at + 3] & 0xff);
        }
    }

    private void packet(long received) {
        if (headSize == PesHeader.LEAST && PesHeader.size(head) > headSize) {
            need = PesHeader.size(head);
            return;
        }
        PesHeader header = PesHeader.of(head);
        video = (head[START.length] & 0xff) >= FIRST_VIDEO;
        if (header == null || header.length() < 0 && !video) {
            broken();
        } else if (!taken(header.streamId())) {
            // A length of 0 leads to the next start code all the same.
            skip(Math.max(0, header.length()));
        } else {
            if (video) {
                programme.beginVideo(header);
            } else {
                programme.beginSound(header);
            }
            left = header.length();
            state = left < 0 ? State.OPEN : State.PAYLOAD;
            if (left == 0) {
                whole(received);
            }
        }
    }

    private boolean taken(int id) {
        StreamType type = types[id] == null ? StreamType.UNKNOWN : types[id];
        if (video && videoId < 0) {
            videoId = id;
            programme.videoType(type);
        } else if (!video && soundId < 0) {
            soundId = id;
            programme.soundType(type);
        }
        return id == (video ? videoId : soundId);
    }

    private int known(byte[] bytes, int at, int end, long received) {
        int count = Math.min(left, end - at);
        if (state == State.PAYLOAD) {
            put(bytes, at, count, received);
        }
        left -= count;
        if (left == 0) {
            whole(received);
        }
        return at + count;
    }

    private void whole(long received) {
        if (state == State.PAYLOAD && !video) {
            programme.endSound(received);
        }
        state = State.SEEK;
    }

    /** Gives out all but what may begin a start code. */
    private int open(byte[] bytes, int from, int end, long received) {
        int carried = held;
        for (int at = from; at < end; at++) {
            int octet = bytes[at] & 0xff;
            if (held == START.length && octet >= END) {
                release(carried, bytes, from, carried + at - from - START.length, received);
                start(octet);
                return at + 1;
            }
            hold(octet);
        }
        release(carried, bytes, from, carried + end - from - held, received);
        return end;
    }

    /** @param carried bytes of a start code that came before, which stand in front of the piece */
    private void release(int carried, byte[] bytes, int from, int count, long received) {
        int before = Math.min(carried, count);
        if (before > 0) {
            put(START, 0, before, received);
        }
        if (count > before) {
            put(bytes, from, count - before, received);
        }
    }

    private void put(byte[] bytes, int at, int count, long received) {
        if (video) {
            programme.putVideo(bytes, at, count, received);
        } else {
            programme.putSound(bytes, at, count);
        }
    }

    private void skip(int count) {
        left = count;
        state = count == 0 ? State.SEEK : State.SKIP;
    }

    private void broken() {
        resyncs++;
        programme.lost();
        state = State.SEEK;
        held = 0;
        synced = false;
    }
}
