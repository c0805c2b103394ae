package org.farwatch.ingest.media.voice;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;

/**
 * A sound file of a person's, brought into what loudspeakers take: G.711 A-law, 8 kHz, one channel. Reads WAV, MP3, AAC
 * and M4A and nothing else, by libav; to be used by one platform thread, which frees the native memory by {@link #close}.
 */
public final class SoundFile implements AutoCloseable {
    /** What it may take to read it; a file that is longer in work is made to be. */
    private static final long WORK_NANOS = Duration.ofSeconds(20).toNanos();

    /** libavformat's names; no other demultiplexer sees the file, above all none that follows names in it. */
    private static final String CONTAINERS = "wav,mp3,aac,mov,mp4,m4a,3gp,3g2,mj2";

    private static final int HEAD = 12;
    private static final int WAV_HEADER = 44;
    private static final int SAMPLE_BYTES = 2;
    private static final int SHORTEST = VoiceCall.RATE / 10;

    private final long deadline = System.nanoTime() + WORK_NANOS;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final SwrContext resampler = new SwrContext(null);
    private final PointerPointer<ShortPointer> planes = new PointerPointer<>(1);
    private final AVIOInterruptCB.Callback_Pointer interrupt = new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer opaque) {
            return late() ? 1 : 0;
        }
    };
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final int most;
    private AVFormatContext context;
    private AVCodecContext decoder;
    private ShortPointer room = new ShortPointer(8_192);
    private int stream = -1;

    private SoundFile(Duration longest) {
        most = (int) (longest.toMillis() * VoiceCall.RATE / 1_000);
    }

    /**
     * The file as A-law, a byte for each sample.
     *
     * @param name that whoever sent it gave it: what its ending says it must hold; one without an ending says nothing
     * @param longest that it may last
     * @throws PullFailure saying what is wrong with the file
     * @throws IOException when the file cannot be read
     */
    public static byte[] alaw(Path file, String name, Duration longest) throws PullFailure, IOException {
        Optional<SoundForm> named = named(name);
        if (!isSound(file)) {
            throw refused("must be WAV, MP3, AAC or M4A");
        }
        try (SoundFile sound = new SoundFile(longest)) {
            sound.open(file);
            SoundForm found = sound.form();
            if (named.isPresent() && named.get() != found) {
                throw refused("must be what its name says: " + named.get() + ", was " + found);
            }
            sound.read(longest);
            if (sound.made.size() < SHORTEST) {
                throw refused("must hold at least a tenth of a second of sound");
            }
            return sound.made.toByteArray();
        }
    }

    /** A WAV file of 16-bit samples, which every browser plays. */
    public static byte[] wav(byte[] alaw) {
        int bytes = alaw.length * SAMPLE_BYTES;
        ByteBuffer file = ByteBuffer.allocate(WAV_HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF"))
                .putInt(WAV_HEADER - 8 + bytes)
                .put(ascii("WAVEfmt "))
                .putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(VoiceCall.RATE).putInt(VoiceCall.RATE * SAMPLE_BYTES);
        file.putShort((short) SAMPLE_BYTES)
                .putShort((short) 16)
                .put(ascii("data"))
                .putInt(bytes);
        for (byte sample : alaw) {
            file.putShort(decoded(sample));
        }
        return file.array();
    }

    /** One sample as ITU-T G.711 codes it: sign, three bits of segment, four of step, every second bit inverted. */
    static byte coded(short sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = Math.min((sample >= 0 ? sample : ~sample) >> 3, 0xFFF);
        int segment = Math.max(0, 32 - Integer.numberOfLeadingZeros(magnitude) - 5);
        int step = magnitude >> Math.max(1, segment) & 0xF;
        return (byte) ((sign | segment << 4 | step) ^ 0x55);
    }

    /** The middle of the step that the code stands for. */
    static short decoded(byte code) {
        int plain = (code ^ 0x55) & 0xFF;
        int segment = plain >> 4 & 7;
        int magnitude = ((plain & 0xF) << 4) + 8;
        if (segment > 0) {
            magnitude = magnitude + 0x100 << segment - 1;
        }
        return (short) (plain >= 0x80 ? magnitude : -magnitude);
    }

    @Override
    public void close() {
        if (context != null) {
            avformat_close_input(context);
        }
        if (decoder != null) {
            avcodec_free_context(decoder);
        }
        swr_free(resampler);
        planes.close();
        room.close();
        av_packet_free(packet);
        av_frame_free(frame);
        interrupt.close();
    }

    private static boolean isSound(Path file) throws IOException {
        byte[] head;
        try (InputStream content = Files.newInputStream(file)) {
            head = content.readNBytes(HEAD);
        }
        if (head.length < HEAD) {
            return false;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean sync = (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0;
        return text.startsWith("RIFF") && text.startsWith("WAVE", 8)
                || text.startsWith("ID3")
                || text.startsWith("ftyp", 4)
                || sync;
    }

    private static Optional<SoundForm> named(String name) throws PullFailure {
        try {
            return SoundForm.named(name);
        } catch (IllegalArgumentException e) {
            throw refused("must be named .wav, .mp3, .aac or .m4a, was ." + e.getMessage());
        }
    }

    private SoundForm form() {
        return SoundForm.found(context.iformat().name().getString());
    }

    private boolean late() {
        return System.nanoTime() - deadline > 0;
    }

    private void open(Path file) throws PullFailure {
        context = avformat_alloc_context();
        context.interrupt_callback().callback(interrupt);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "protocol_whitelist", "file", 0);
        av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        int opened = avformat_open_input(context, file.toString(), null, options);
        av_dict_free(options);
        if (opened < 0) {
            // libavformat has freed the context.
            context = null;
            throw refused("holds no sound that can be read");
        }
        if (avformat_find_stream_info(context, (AVDictionary) null) < 0) {
            throw refused("tells no format");
        }
        for (int i = 0; i < context.nb_streams() && stream < 0; i++) {
            if (context.streams(i).codecpar().codec_type() == AVMEDIA_TYPE_AUDIO) {
                stream = i;
            }
        }
        if (stream < 0) {
            throw refused("holds no sound");
        }
        AVCodec codec = avcodec_find_decoder(context.streams(stream).codecpar().codec_id());
        decoder = avcodec_alloc_context3(codec);
        if (codec == null
                || avcodec_parameters_to_context(
                                decoder, context.streams(stream).codecpar())
                        < 0
                || avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
            throw refused("is of a codec that is not read");
        }
    }

    private void read(Duration longest) throws PullFailure {
        while (av_read_frame(context, packet) >= 0) {
            if (packet.stream_index() == stream) {
                avcodec_send_packet(decoder, packet);
                take();
            }
            av_packet_unref(packet);
            if (made.size() > most) {
                throw refused("must last at most " + longest.toSeconds() + " seconds");
            }
            if (late()) {
                throw refused("takes too long to read");
            }
        }
        avcodec_send_packet(decoder, null);
        take();
        if (made.size() > most) {
            throw refused("must last at most " + longest.toSeconds() + " seconds");
        }
    }

    private void take() throws PullFailure {
        while (avcodec_receive_frame(decoder, frame) >= 0) {
            if (resampler.isNull() && !begin()) {
                throw refused("is of a form that is not read");
            }
            int expected = swr_get_out_samples(resampler, frame.nb_samples());
            if (expected > room.capacity()) {
                room.close();
                room = new ShortPointer(expected);
            }
            planes.put(0, room);
            int count =
                    swr_convert(resampler, planes, (int) room.capacity(), frame.extended_data(), frame.nb_samples());
            short[] samples = new short[Math.max(count, 0)];
            room.get(samples);
            for (short sample : samples) {
                made.write(coded(sample));
            }
        }
    }

    /** Not before the first frame: some decoders know rate and channels only then. */
    private boolean begin() {
        try (AVChannelLayout mono = new AVChannelLayout()) {
            av_channel_layout_default(mono, 1);
            return frame.sample_rate() > 0
                    && swr_alloc_set_opts2(
                                    resampler,
                                    mono,
                                    AV_SAMPLE_FMT_S16,
                                    VoiceCall.RATE,
                                    frame.ch_layout(),
                                    frame.format(),
                                    frame.sample_rate(),
                                    0,
                                    null)
                            >= 0
                    // Channels are averaged, so that two that are alike do not become too loud.
                    && av_opt_set_double(resampler, "rematrix_maxval", 1, 0) >= 0
                    && swr_init(resampler) >= 0;
        }
    }

    private static PullFailure refused(String why) {
        return new PullFailure(OfflineCause.NOT_VIDEO, why);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
