package org.farwatch.ingest.media.ts;

import org.farwatch.ingest.media.elementary.Programme;
import org.farwatch.ingest.media.elementary.StreamType;
import org.farwatch.ingest.media.push.Feed;

/**
 * Reads the first programme of a transport stream that comes in pieces cut anywhere (ISO/IEC 13818-1, 2.4.3). A gap in
 * the continuity of the video is told as lost; one of the sound costs its packet. Scrambled packets and all but the first
 * video and sound are skipped. Owned by the stream's event loop.
 */
public final class TsReader {
    /** Bytes of a packet. */
    public static final int PACKET = 188;

    /** First byte of each packet. */
    public static final int SYNC = 0x47;

    private static final int HEADER = 4;
    private static final int NULL_PID = 0x1fff;
    private static final int NONE = -1;

    private final Programme programme;
    private final byte[] packet = new byte[PACKET];
    private final Section programmes = new Section();
    private final Section map = new Section();
    private final PesTrack video;
    private final PesTrack sound;
    private int size;
    private boolean synced;
    private int mapPid = NONE;
    private int videoPid = NONE;
    private int soundPid = NONE;
    private long resyncs;

    public TsReader(Feed feed) {
        programme = new Programme(feed);
        video = new PesTrack(programme, true);
        sound = new PesTrack(programme, false);
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
            int count = Math.min(PACKET - size, end - at);
            System.arraycopy(bytes, at, packet, size, count);
            at += count;
            size += count;
            if (packet[0] != SYNC) {
                resync();
            } else if (size == PACKET) {
                synced = true;
                size = 0;
                packet(received);
            }
        }
    }

    /** Bytes in between are missing. */
    public void lost() {
        size = 0;
        programme.lost();
        video.reset();
        sound.reset();
        programmes.reset();
        map.reset();
    }

    /** Nothing more comes: gives out the last picture. */
    public void end(long received) {
        programme.end(received);
        size = 0;
    }

    /** How often something stood where a packet had to begin. */
    public long resyncs() {
        return resyncs;
    }

    /** Bytes that wait for what follows. */
    public int unfinished() {
        return programme.unfinished() + size;
    }

    private void resync() {
        if (synced) {
            synced = false;
            resyncs++;
            programme.lost();
            video.reset();
            sound.reset();
        }
        int from = 1;
        while (from < size && packet[from] != SYNC) {
            from++;
        }
        size -= from;
        System.arraycopy(packet, from, packet, 0, size);
    }

    private void packet(long received) {
        int pid = (packet[1] & 0x1f) << 8 | packet[2] & 0xff;
        boolean broken = (packet[1] & 0x80) != 0;
        boolean begins = (packet[1] & 0x40) != 0;
        boolean scrambled = (packet[3] & 0xc0) != 0;
        int at = HEADER + ((packet[3] & 0x20) == 0 ? 0 : 1 + (packet[4] & 0xff));
        boolean payload = (packet[3] & 0x10) != 0 && at < PACKET;
        if (pid == NULL_PID || broken || scrambled || !payload) {
            // A broken or scrambled packet of a track shows as a gap at its next one.
            return;
        }
        boolean announced = at > HEADER + 1 && (packet[5] & 0x80) != 0;
        int counter = packet[3] & 0x0f;
        if (pid == 0) {
            if (programmes.take(packet, at, begins)) {
                programmes(programmes);
            }
        } else if (pid == mapPid) {
            if (map.take(packet, at, begins)) {
                map(map);
            }
        } else if (pid == videoPid) {
            video.take(packet, at, begins, counter, announced, received);
        } else if (pid == soundPid) {
            sound.take(packet, at, begins, counter, announced, received);
        }
    }

    /** Program association table (2.4.4.3). */
    private void programmes(Section table) {
        for (int at = 8; table.id() == 0 && at + 4 <= table.end(); at += 4) {
            if (table.word(at) != 0) {
                mapPid = table.word(at + 2) & 0x1fff;
                return;
            }
        }
    }

    /** Program map table (2.4.4.8). */
    private void map(Section table) {
        if (table.id() != 2 || table.end() < 12) {
            return;
        }
        int newVideo = NONE;
        int newSound = NONE;
        int at = 12 + (table.word(10) & 0x0fff);
        while (at + 5 <= table.end()) {
            StreamType type = StreamType.of(table.octet(at));
            int pid = table.word(at + 1) & 0x1fff;
            switch (type) {
                case H264, H265, MPEG4_VIDEO, SVAC_VIDEO -> {
                    if (newVideo == NONE) {
                        newVideo = pid;
                        programme.videoType(type);
                    }
                }
                case AAC, PCMA, PCMU, MPEG1_SOUND, MPEG2_SOUND, AAC_LATM, G722_1, G723_1, G729, SVAC_SOUND -> {
                    if (newSound == NONE) {
                        newSound = pid;
                        programme.soundType(type);
                    }
                }
                case UNKNOWN -> {
                    // Data and codecs that are not taken.
                }
            }
            at += 5 + (table.word(at + 3) & 0x0fff);
        }
        if (newVideo != videoPid) {
            videoPid = newVideo;
            video.reset();
        }
        if (newSound != soundPid) {
            soundPid = newSound;
            sound.reset();
        }
    }
}
