package org.farwatch.ingest.media.rtp;

import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.ps.PsReader;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.ts.TsReader;

/** Takes the payloads of one payload type, in order, and puts pictures and sound into the feed. */
sealed interface Payloads permits Payloads.Ps, Payloads.Ts, Payloads.Nal, Payloads.Telephone, AacPayloads {
    /**
     * @param micros the packet's stamp, without wrap
     * @return whether it was a payload of this kind
     */
    boolean take(RtpPacket packet, long micros);

    /** Packets before the next one are missing. */
    void lost();

    /** Nothing more comes: gives out what is whole. */
    void end(long received);

    /**
     * Parameter sets that came beside the packets stand before the first of them.
     *
     * @param sets start coded
     */
    default void before(byte[] sets, long micros, long received) {}

    /** How often the bytes within lost their order. */
    default long resyncs() {
        return 0;
    }

    /** Bytes that wait for what follows. */
    default int unfinished() {
        return 0;
    }

    static Payloads of(RtpPayload payload, Feed feed) {
        return switch (payload.content()) {
            case PS -> new Ps(new PsReader(feed));
            case TS -> new Ts(new TsReader(feed));
            case H264, UNKNOWN -> new Nal(NalPacking.AVC, new NalStream(feed, VideoCodec.H264));
            case H265 -> new Nal(NalPacking.HEVC, new NalStream(feed, VideoCodec.H265));
            case PCMA -> new Telephone(SoundCodec.PCM_ALAW, payload.clockRate(), payload.channels(), feed);
            case PCMU -> new Telephone(SoundCodec.PCM_MULAW, payload.clockRate(), payload.channels(), feed);
            case G722 -> new Telephone(SoundCodec.ADPCM_G722, 2 * payload.clockRate(), payload.channels(), feed);
            case AAC -> new AacPayloads(feed, payload.clockRate(), payload.channels());
        };
    }

    /** A program stream, cut into packets anywhere. */
    record Ps(PsReader reader) implements Payloads {
        @Override
        public boolean take(RtpPacket packet, long micros) {
            reader.transportStamp(micros);
            reader.read(packet.bytes(), packet.offset(), packet.length(), packet.received());
            if (packet.marker()) {
                reader.mark();
            }
            return true;
        }

        @Override
        public void lost() {
            reader.lost();
        }

        @Override
        public void end(long received) {
            reader.end(received);
        }

        @Override
        public long resyncs() {
            return reader.resyncs();
        }

        @Override
        public int unfinished() {
            return reader.unfinished();
        }
    }

    /** A transport stream (RFC 2250, 2). */
    record Ts(TsReader reader) implements Payloads {
        @Override
        public boolean take(RtpPacket packet, long micros) {
            reader.transportStamp(micros);
            reader.read(packet.bytes(), packet.offset(), packet.length(), packet.received());
            return true;
        }

        @Override
        public void lost() {
            reader.lost();
        }

        @Override
        public void end(long received) {
            reader.end(received);
        }

        @Override
        public long resyncs() {
            return reader.resyncs();
        }

        @Override
        public int unfinished() {
            return reader.unfinished();
        }
    }

    /** NAL units of H.264 or H.265, whole, together or in fragments. */
    record Nal(NalPacking packing, NalStream stream) implements Payloads {
        @Override
        public boolean take(RtpPacket packet, long micros) {
            boolean read = packet.length() == 0 || stream.raw(packet, micros) || packing.take(packet, stream);
            if (packet.marker()) {
                stream.mark();
            }
            return read;
        }

        @Override
        public void before(byte[] sets, long micros, long received) {
            stream.before(sets, micros, received);
        }

        @Override
        public void lost() {
            stream.lost();
        }

        @Override
        public void end(long received) {
            stream.end();
        }

        @Override
        public int unfinished() {
            return stream.unfinished();
        }
    }

    /** Sound whose packets are samples and nothing else; what is missing leaves silence. */
    record Telephone(SourceSound sound, Feed feed) implements Payloads {
        Telephone(SoundCodec codec, int sampleRate, int channels, Feed feed) {
            this(new SourceSound(codec, Math.clamp(sampleRate, 4_000, 192_000), channels, 0), feed);
        }

        @Override
        public boolean take(RtpPacket packet, long micros) {
            if (packet.length() > 0) {
                byte[] samples = new byte[packet.length()];
                System.arraycopy(packet.bytes(), packet.offset(), samples, 0, samples.length);
                feed.sound(sound, micros, packet.received(), samples);
            }
            return true;
        }

        @Override
        public void lost() {}

        @Override
        public void end(long received) {}
    }
}
