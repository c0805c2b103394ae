package org.farwatch.ingest.media.pull;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.farwatch.ingest.media.Clip;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaSink;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.farwatch.ingest.media.SoundCodec;
import org.farwatch.ingest.media.SoundTranscoder;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.TestSound;

/** Pictures with a tone, in the containers that servers send, by libavformat. */
final class Broadcast {
    private Broadcast() {}

    /** Writes so many seconds as MP4. */
    static Path mp4(Path file, int seconds) throws IOException {
        List<MediaUnit> units = new ArrayList<>();
        MediaFormat[] pictured = new MediaFormat[1];
        Clip.send(
                new MediaSink() {
                    @Override
                    public void format(MediaFormat format) {
                        pictured[0] = format;
                    }

                    @Override
                    public void unit(MediaUnit unit) {
                        units.add(unit);
                    }

                    @Override
                    public void end() {}
                },
                160,
                120,
                25 * seconds,
                0);
        SourceSound alaw = new SourceSound(SoundCodec.PCM_ALAW, 8_000, 1, 8);
        try (OutputStream out = Files.newOutputStream(file);
                SoundTranscoder sound = new SoundTranscoder(alaw)) {
            Fmp4Writer writer = new Fmp4Writer(new ToFile(out));
            writer.format(new MediaFormat(pictured[0].video(), sound.format()));
            List<byte[]> coded =
                    TestSound.coded(alaw, 50 * seconds, i -> 0.5 * Math.sin(2 * Math.PI * 440 * i / 8_000));
            for (int i = 0; i < units.size(); i++) {
                writer.unit(units.get(i));
                for (int half = 0; half < 2; half++) {
                    long time = i * 40_000L + half * 20_000L;
                    sound.sound(
                            new MediaUnit(Track.AUDIO, time, time, time / 1_000, true, coded.get(2 * i + half)),
                            writer::unit);
                }
            }
            writer.end();
        }
        return file;
    }

    /** The same in another container. */
    static byte[] as(String container, Path mp4) throws IOException {
        Path file = mp4.resolveSibling(mp4.getFileName() + "." + container);
        send(mp4, container, file.toString(), false);
        return Files.readAllBytes(file);
    }

    /** Waits for a client of RTMP at this address and sends it to him in real time. */
    static void serve(Path mp4, String rtmp) {
        send(mp4, "flv", rtmp, true);
    }

    private static void send(Path mp4, String container, String to, boolean listen) {
        AVFormatContext in = avformat_alloc_context();
        AVFormatContext out = new AVFormatContext(null);
        AVIOContext io = new AVIOContext(null);
        AVPacket packet = av_packet_alloc();
        try {
            check(avformat_open_input(in, mp4.toString(), null, null));
            check(avformat_find_stream_info(in, (AVDictionary) null));
            check(avformat_alloc_output_context2(out, null, container, to));
            for (int i = 0; i < in.nb_streams(); i++) {
                AVStream stream = avformat_new_stream(out, null);
                check(avcodec_parameters_copy(stream.codecpar(), in.streams(i).codecpar()));
                stream.codecpar().codec_tag(0);
            }
            AVDictionary options = new AVDictionary(null);
            if (listen) {
                av_dict_set(options, "listen", "1", 0);
            }
            check(avio_open2(io, to, AVIO_FLAG_WRITE, null, options));
            out.pb(io);
            check(avformat_write_header(out, (AVDictionary) null));
            long began = System.nanoTime();
            while (av_read_frame(in, packet) >= 0) {
                AVStream from = in.streams(packet.stream_index());
                long millis = packet.dts()
                        * 1_000
                        * from.time_base().num()
                        / from.time_base().den();
                while (listen && System.nanoTime() - began < millis * 1_000_000) {
                    Thread.onSpinWait();
                }
                av_packet_rescale_ts(
                        packet,
                        from.time_base(),
                        out.streams(packet.stream_index()).time_base());
                if (av_interleaved_write_frame(out, packet) < 0) {
                    return;
                }
            }
            av_write_trailer(out);
        } finally {
            av_packet_free(packet);
            if (!io.isNull()) {
                avio_closep(io);
            }
            if (!out.isNull()) {
                avformat_free_context(out);
            }
            avformat_close_input(in);
        }
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("libavformat: " + AvErrors.text(result));
        }
    }

    private record ToFile(OutputStream out) implements FragmentSink {
        @Override
        public void begin(MediaFormat format, byte[] init) {
            write(init);
        }

        @Override
        public void fragment(Fragment fragment) {
            write(fragment.bytes());
        }

        @Override
        public void end() {}

        private void write(byte[] bytes) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
