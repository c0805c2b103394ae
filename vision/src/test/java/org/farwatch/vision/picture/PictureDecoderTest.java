package org.farwatch.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.farwatch.vision.Shared;
import org.farwatch.vision.shape.Box;
import org.farwatch.vision.shape.Point;
import org.farwatch.vision.shape.Polygon;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureDecoderTest {
    private static final int COUNT = 30;
    private static final int GROUP = 10;

    @TempDir
    static Path folder;

    /** Thirty pictures of rising brightness, ten a group; coded here, so that no footage is needed. */
    private static List<EncodedPicture> coded;

    @BeforeAll
    static void code() throws IOException {
        Path file = folder.resolve("coded.mp4");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 320, 176);
                OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
            recorder.setFormat("mp4");
            recorder.setVideoCodec(AV_CODEC_ID_H264);
            recorder.setFrameRate(10);
            recorder.setGopSize(GROUP);
            recorder.setVideoBitrate(2_000_000);
            recorder.start();
            for (int i = 0; i < COUNT; i++) {
                try (Scalar grey = new Scalar(brightness(i), brightness(i), brightness(i), 0);
                        Mat picture = new Mat(176, 320, CV_8UC3, grey)) {
                    recorder.record(converter.convert(picture));
                }
            }
        }
        coded = packets(file);
    }

    @Test
    void decodesEveryPictureAtItsTime() {
        List<Double> means = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(picture -> {
            times.add(picture.timeMicros());
            means.add(brightness(picture));
        })) {
            coded.forEach(decoder::decode);
            assertThat(decoder.broken()).isZero();
        }
        assertThat(times).hasSize(COUNT).isSorted();
        assertThat(times.getLast() - times.getFirst()).isEqualTo(2_900_000);
        for (int i = 0; i < COUNT; i++) {
            assertThat(means.get(i)).isBetween(brightness(i) - 3, brightness(i) + 3);
        }
    }

    @Test
    void parameterSetsMayComeInThePictures() {
        List<Picture> shown = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(shown::add)) {
            for (EncodedPicture picture : coded) {
                byte[] payload = picture.key() ? withParameterSets(picture) : picture.payload();
                decoder.decode(
                        new EncodedPicture(VideoCodec.H264, new byte[0], payload, picture.key(), picture.timeMicros()));
            }
        }
        assertThat(shown).hasSize(COUNT);
        shown.forEach(Picture::close);
    }

    @Test
    void aBrokenPictureIsCountedAndTheNextKeyPictureGoesOn() {
        List<Long> times = new ArrayList<>();
        List<Decoded> results = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(picture -> {
            times.add(picture.timeMicros());
            picture.close();
        })) {
            for (int i = 0; i < COUNT; i++) {
                EncodedPicture picture = coded.get(i);
                byte[] payload = picture.payload();
                if (i == 4) {
                    payload = payload.clone();
                    Arrays.fill(payload, 4, payload.length, (byte) 0xFF);
                }
                results.add(decoder.decode(new EncodedPicture(
                        picture.codec(), picture.configuration(), payload, picture.key(), picture.timeMicros())));
            }
            assertThat(decoder.broken()).isEqualTo(1);
        }
        assertThat(results.get(4)).isInstanceOf(Decoded.Broken.class);
        assertThat(results.subList(5, GROUP)).allMatch(result -> result instanceof Decoded.Skipped);
        assertThat(times).hasSize(4 + COUNT - GROUP);
    }

    @Test
    void lengthsThatDoNotFitArePutDownAsBroken() {
        try (PictureDecoder decoder = new PictureDecoder(Picture::close)) {
            byte[] payload = {0, 0, 1, 0, 65};
            assertThat(decoder.decode(new EncodedPicture(VideoCodec.H264, new byte[0], payload, true, 0)))
                    .isInstanceOf(Decoded.Broken.class);
            assertThat(decoder.decode(new EncodedPicture(VideoCodec.H265, new byte[0], new byte[0], true, 0)))
                    .isInstanceOf(Decoded.Broken.class);
            assertThat(decoder.broken()).isEqualTo(2);
        }
    }

    @Test
    void startsAtAKeyPictureAndDecodesKeyPicturesAloneWhenAsked() {
        List<Long> times = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(picture -> {
            times.add(picture.timeMicros());
            picture.close();
        })) {
            assertThat(decoder.decode(coded.get(3))).isEqualTo(new Decoded.Skipped());
            decoder.keyOnly(true);
            coded.forEach(decoder::decode);
        }
        assertThat(times).hasSize(COUNT / GROUP);
    }

    @Test
    void aClosedDecoderRefusesAndMayBeClosedAgain() {
        PictureDecoder decoder = new PictureDecoder(Picture::close);
        decoder.decode(coded.getFirst());
        decoder.close();
        decoder.close();
        assertThatThrownBy(() -> decoder.decode(coded.getFirst())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decodesH265() throws IOException {
        List<byte[]> pictures = h265Pictures(Files.readAllBytes(Shared.data("media/720p25.h265")));
        List<Integer> widths = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder(picture -> {
            widths.add(picture.width());
            picture.close();
        })) {
            for (int i = 0; i < 30; i++) {
                decoder.decode(new EncodedPicture(VideoCodec.H265, new byte[0], pictures.get(i), i == 0, i * 40_000L));
            }
            assertThat(decoder.broken()).isZero();
        }
        assertThat(widths).hasSizeGreaterThan(20).containsOnly(1280);
    }

    @Test
    void evidenceIsDrawnOnACopy() {
        try (Scalar black = new Scalar(0, 0, 0, 0);
                Mat picture = new Mat(180, 320, CV_8UC3, black)) {
            Polygon zone = new Polygon(List.of(new Point(0.1, 0.1), new Point(0.9, 0.1), new Point(0.5, 0.9)));
            byte[] marked = Jpeg.marked(picture, List.of(zone), List.of(new Box(0.4, 0.3, 0.1, 0.1)));
            assertThat(mean(picture).get(2)).isZero();
            Mat read = imdecode(new Mat(new BytePointer(marked), false), IMREAD_COLOR);
            assertThat(read.cols()).isEqualTo(320);
            assertThat(mean(read).get(2)).isGreaterThan(1);
            Mat small = imdecode(new Mat(new BytePointer(Jpeg.of(picture, 160)), false), IMREAD_COLOR);
            assertThat(small.cols()).isEqualTo(160);
            assertThat(small.rows()).isEqualTo(90);
        }
    }

    private static double brightness(int picture) {
        return 40 + 6 * picture;
    }

    private static double brightness(Picture picture) {
        try (picture) {
            return mean(picture.bgr()).get(1);
        }
    }

    private static List<EncodedPicture> packets(Path file) throws IOException {
        List<EncodedPicture> pictures = new ArrayList<>();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            AVCodecParameters parameters = grabber.getFormatContext().streams(0).codecpar();
            byte[] configuration = new byte[parameters.extradata_size()];
            parameters.extradata().get(configuration);
            for (AVPacket packet = grabber.grabPacket(); packet != null; packet = grabber.grabPacket()) {
                byte[] payload = new byte[packet.size()];
                packet.data().get(payload);
                pictures.add(new EncodedPicture(
                        VideoCodec.H264,
                        configuration,
                        payload,
                        (packet.flags() & AV_PKT_FLAG_KEY) != 0,
                        pictures.size() * 100_000L));
            }
        }
        return pictures;
    }

    /** The NAL units of an avcC record with one sequence and one picture parameter set, before those of the picture. */
    private static byte[] withParameterSets(EncodedPicture picture) {
        ByteBuffer record = ByteBuffer.wrap(picture.configuration()).position(6);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        append(joined, record);
        record.get();
        append(joined, record);
        joined.writeBytes(picture.payload());
        return joined.toByteArray();
    }

    private static void append(ByteArrayOutputStream joined, ByteBuffer record) {
        byte[] unit = new byte[record.getShort()];
        record.get(unit);
        joined.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
        joined.writeBytes(unit);
    }

    /** Splits a byte stream at start codes into pictures of length-framed units; a slice with first_slice flag begins one. */
    private static List<byte[]> h265Pictures(byte[] stream) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i + 3 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                starts.add(i + 3);
            }
        }
        List<byte[]> pictures = new ArrayList<>();
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        boolean sliced = false;
        for (int k = 0; k < starts.size(); k++) {
            int from = starts.get(k);
            int to = k + 1 < starts.size() ? starts.get(k + 1) - 3 : stream.length;
            while (to > from && stream[to - 1] == 0) {
                to--;
            }
            int type = stream[from] >> 1 & 0x3F;
            boolean begins = type >= 32 || (stream[from + 2] & 0x80) != 0;
            if (sliced && begins) {
                pictures.add(current.toByteArray());
                current.reset();
                sliced = false;
            }
            sliced |= type < 32;
            current.writeBytes(ByteBuffer.allocate(4).putInt(to - from).array());
            current.write(stream, from, to - from);
        }
        pictures.add(current.toByteArray());
        return pictures;
    }
}
