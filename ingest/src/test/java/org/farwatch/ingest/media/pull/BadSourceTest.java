package org.farwatch.ingest.media.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.farwatch.ingest.media.AudioFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.StreamState;
import org.farwatch.ingest.media.rtp.RtpCounters;
import org.farwatch.ingest.media.rtsp.RtspSource;
import org.junit.jupiter.api.Test;

/** Sources that do what none should, and what is said of them. */
class BadSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final PullSettings QUICK = new PullSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(60));
    private static final Scene SCENE = Scene.of(160, 120, 200);

    private final Watched watched = new Watched();

    @Test
    void parameterSetsThatComeOnlyWithThePicturesAreEnough() {
        try (TestCamera camera =
                        TestCamera.showing(TestCamera.h264(), link -> SCENE.play(link, LongUnaryOperator.identity()));
                Puller puller = pull(camera)) {
            await().atMost(PATIENCE).until(() -> watched.units().size() > 30);
            assertThat(puller.state()).isEqualTo(StreamState.LIVE);
            assertThat(puller.leftOutSound()).isNull();
        }
        assertThat(watched.formats()).hasSize(1);
        assertThat(watched.formats().getFirst().video().width()).isEqualTo(160);
        assertThat(watched.formats().getFirst().audio()).isNull();
    }

    /** Seconds of sound come before the first parameter set does. */
    @Test
    void soundThatComesBeforeAnyPictureDoesNoHarm() {
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE) + TestCamera.alaw(), link -> {
                    sound(link, 0, 60);
                    SCENE.play(link, LongUnaryOperator.identity());
                });
                Puller _ = pull(camera)) {
            await().atMost(PATIENCE).until(() -> pictures().size() > 30);
        }
        assertThat(watched.causes()).containsExactly(OfflineCause.STOPPED);
    }

    @Test
    void g711BecomesAacAndTheOriginalIsNoted() {
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE) + TestCamera.alaw(), link -> {
                    for (int i = 0; i < SCENE.size() && link.pause(40); i++) {
                        link.picture(i * 3_600L, SCENE.picture(i));
                        sound(link, i * 320L, 2);
                    }
                });
                Puller _ = pull(camera)) {
            await().atMost(PATIENCE).until(() -> sounds().size() > 10);
        }
        AudioFormat audio = watched.formats().getFirst().audio();
        assertThat(audio.original()).isEqualTo("pcm_alaw");
        assertThat(audio.codecs()).isEqualTo("mp4a.40.2");
        assertThat(sounds()).extracting(MediaUnit::decodeTime).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSoundThatIsNotTakenIsNamedAndThePicturesGoOn() {
        String opus = "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\na=control:sound\r\n";
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE) + opus, link -> {
                    for (int i = 0; i < SCENE.size() && link.pause(40); i++) {
                        link.picture(i * 3_600L, SCENE.picture(i));
                        link.rtp(TestCamera.SOUND, 97, i * 1_920L, true, new byte[] {
                            (byte) 0xfc, (byte) 0xff, (byte) 0xfe
                        });
                    }
                });
                Puller puller = pull(camera)) {
            await().atMost(PATIENCE).until(() -> pictures().size() > 30);
            assertThat(puller.leftOutSound()).isEqualTo("opus");
        }
        assertThat(sounds()).isEmpty();
        assertThat(watched.formats().getFirst().audio()).isNull();
    }

    @Test
    void aCodecThatIsNotTakenIsNamedTogetherWithThoseThatAre() {
        Map<String, String> names = Map.of("26 JPEG", "mjpeg", "96 MP4V-ES", "mpeg4", "97 VP8", "vp8", "98 VP9", "vp9");
        each(
                names.keySet(),
                encoding -> {
                    String type = encoding.substring(0, encoding.indexOf(' '));
                    return TestCamera.showing(
                            "m=video 0 RTP/AVP " + type + "\r\na=rtpmap:" + encoding
                                    + "/90000\r\na=control:pictures\r\n",
                            TestCamera.Link::fallSilent);
                },
                (encoding, change) -> {
                    assertThat(change.cause()).as(encoding).isEqualTo(OfflineCause.UNSUPPORTED_CODEC);
                    assertThat(change.detail())
                            .isEqualTo("is " + names.get(encoding) + "; only H.264 and H.265 are taken");
                });
    }

    @Test
    void aSourceOfSoundAloneHasNoVideo() {
        try (TestCamera camera = TestCamera.showing(TestCamera.alaw(), link -> sound(link, 0, 500));
                Puller _ = pull(camera)) {
            awaitCause(OfflineCause.NOT_VIDEO);
        }
        assertThat(detail(OfflineCause.NOT_VIDEO)).isEqualTo("has no video");
    }

    @Test
    void aCameraThatSendsNoKeyPictureIsNotLiveAndIsSaidSo() {
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE), link -> {
                    link.picture(0, SCENE.picture(0).subList(0, 2));
                    for (int i = 1; link.pause(40); i++) {
                        link.picture(i * 3_600L, SCENE.picture(1 + i % 20));
                    }
                });
                Puller _ = pull(camera)) {
            awaitCause(OfflineCause.NO_KEY_PICTURE);
        }
        assertThat(watched.changes()).extracting(Watched.Change::state).doesNotContain(StreamState.LIVE);
        assertThat(detail(OfflineCause.NO_KEY_PICTURE)).isEqualTo("has sent no key picture for 2 s");
        assertThat(watched.ends()).isPositive();
    }

    @Test
    void aSourceThatFallsSilentIsLeftAndAskedAgain() {
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE), link -> {
                    for (int i = 0; i < 30 && link.pause(40); i++) {
                        link.picture(i * 3_600L, SCENE.picture(i));
                    }
                    link.fallSilent();
                });
                Puller puller = pull(camera)) {
            await().atMost(PATIENCE).until(() -> puller.state() == StreamState.STALLED);
            awaitCause(OfflineCause.STALLED);
            await().atMost(PATIENCE).until(() -> watched.formats().size() == 2);
        }
        assertThat(detail(OfflineCause.STALLED)).isEqualTo("has sent no picture for 1 s");
    }

    @Test
    void soundAloneKeepsNoStreamAlive() {
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE) + TestCamera.alaw(), link -> {
                    for (int i = 0; i < 30 && link.pause(40); i++) {
                        link.picture(i * 3_600L, SCENE.picture(i));
                        sound(link, i * 320L, 2);
                    }
                    for (int i = 30; link.pause(40); i++) {
                        sound(link, i * 320L, 2);
                    }
                });
                Puller _ = pull(camera)) {
            awaitCause(OfflineCause.STALLED);
        }
    }

    @Test
    void aSizeThatChangesOnTheWayIsAnotherFormat() {
        Scene wide = Scene.of(320, 240, 30);
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE), link -> {
                    for (int i = 0; i < 60 && link.pause(40); i++) {
                        link.picture(i * 3_600L, i < 30 ? SCENE.picture(i) : wide.picture(i - 30));
                    }
                    link.fallSilent();
                });
                Puller _ = pull(camera)) {
            await().atMost(PATIENCE).until(() -> watched.formats().size() == 2);
        }
        assertThat(watched.formats())
                .extracting(format -> format.video().width())
                .containsExactly(160, 320);
        assertThat(watched.causes()).containsExactly(OfflineCause.STOPPED);
    }

    @Test
    void stampsThatJumpByHoursMoveNothing() {
        try (TestCamera camera =
                        TestCamera.showing(TestCamera.h264(SCENE), link -> SCENE.play(link, BadSourceTest::jumping));
                Puller _ = pull(camera)) {
            await().atMost(PATIENCE).until(() -> pictures().size() > 80);
        }
        List<MediaUnit> seen = pictures();
        assertThat(seen).extracting(MediaUnit::decodeTime).isSorted().doesNotHaveDuplicates();
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).decodeTime() - seen.get(i - 1).decodeTime()).isLessThan(1_500_000);
        }
        assertThat(watched.formats()).hasSize(1);
    }

    /** Empty packets, NAL units of no bytes, a length that leads out of its packet, pieces without a beginning. */
    @Test
    void brokenPiecesCostThePictureTheyAreIn() {
        byte[][] broken = {
            {},
            {0},
            {0x18},
            Scene.hex("18ffff65"),
            Scene.hex("180000"),
            Scene.hex("7c85"),
            Scene.hex("7c45ff"),
            Scene.hex("7c05ffff"),
            Scene.hex("67"),
            Scene.hex("68"),
            Scene.hex("6742"),
            Scene.hex("1f00"),
        };
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE), link -> {
                    for (int i = 0; i < SCENE.size() && link.pause(20); i++) {
                        link.picture(i * 3_600L, SCENE.picture(i));
                        link.rtp(TestCamera.PICTURES, 96, i * 3_600L + 1_800, true, broken[i % broken.length]);
                    }
                    link.fallSilent();
                });
                Puller _ = pull(camera)) {
            await().atMost(PATIENCE)
                    .until(() -> pictures().stream().filter(MediaUnit::key).count() > 4);
        }
        assertThat(watched.causes()).containsExactly(OfflineCause.STOPPED);
        assertThat(watched.formats())
                .extracting(format -> format.video().width())
                .containsOnly(160);
    }

    @Test
    void anAnswerThatIsNoneIsSaidToBeNoVideoOrABrokenConnectionAndAskedAgain() {
        String sdp = "RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Type: application/sdp\r\n";
        Map<String, OfflineCause> answers = Map.of(
                "<html>no RTSP here</html>\r\n\r\n" + TestCamera.HANG_UP,
                OfflineCause.NOT_VIDEO,
                "\0\1\2\3".repeat(500) + TestCamera.HANG_UP,
                OfflineCause.NOT_VIDEO,
                sdp + "Content-Length: 12\r\n\r\nnot SDP here",
                OfflineCause.NOT_VIDEO,
                sdp + "Content-Length: 900\r\n\r\nv=0" + TestCamera.HANG_UP,
                OfflineCause.NOT_VIDEO,
                sdp + "Content-Length: 2000000000\r\n\r\nv=0" + TestCamera.HANG_UP,
                OfflineCause.NOT_VIDEO,
                TestCamera.HANG_UP,
                OfflineCause.NOT_VIDEO);
        each(
                answers.keySet(),
                TestCamera::describing,
                (answer, change) ->
                        assertThat(change.cause()).as("%s %s", answer, change).isEqualTo(answers.get(answer)));
    }

    @Test
    void whatTheSourceRefusesIsSaidWithItsReason() {
        Map<String, OfflineCause> statuses = Map.of(
                "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"", OfflineCause.UNAUTHORISED,
                "403 Forbidden", OfflineCause.UNAUTHORISED,
                "404 Not Found", OfflineCause.NOT_FOUND,
                "453 Not Enough Bandwidth", OfflineCause.BROKEN,
                "503 Service Unavailable", OfflineCause.BROKEN);
        each(
                statuses.keySet(),
                status -> TestCamera.describing("RTSP/1.0 " + status.replace("\r\n", "\r\nCSeq: {cseq}\r\n")
                        + (status.contains("\r\n") ? "" : "\r\nCSeq: {cseq}") + "\r\n\r\n"),
                (status, change) -> {
                    assertThat(change.cause()).as(status).isEqualTo(statuses.get(status));
                    assertThat(change.detail()).startsWith("cannot be opened: ");
                });
    }

    @Test
    void aRedirectionIsFollowed() {
        try (TestCamera camera = TestCamera.showing(
                        TestCamera.h264(SCENE), link -> SCENE.play(link, LongUnaryOperator.identity()));
                TestCamera porter = TestCamera.answering((method, _, _) -> method.equals("DESCRIBE")
                        ? "RTSP/1.0 302 Moved\r\nCSeq: {cseq}\r\nLocation: " + camera.url() + "\r\n\r\n"
                        : null);
                Puller puller = pull(porter)) {
            await().atMost(PATIENCE).until(() -> puller.state() == StreamState.LIVE);
        }
    }

    @Test
    void aRedirectionInACircleEndsInTime() {
        String[] self = new String[1];
        try (TestCamera camera = TestCamera.answering((method, _, _) -> method.equals("DESCRIBE")
                ? "RTSP/1.0 302 Moved\r\nCSeq: {cseq}\r\nLocation: " + self[0] + "\r\n\r\n"
                : null)) {
            self[0] = camera.url();
            try (Puller _ = pull(camera)) {
                await().atMost(PATIENCE).until(() -> !watched.causes().isEmpty());
                assertThat(watched.causes()).containsExactly(OfflineCause.TIMEOUT);
            }
        }
    }

    @Test
    void packetsThatNeverCameAreCountedAndABeginningAnewIsOneOfThem() {
        try (TestCamera camera = TestCamera.showing(TestCamera.h264(SCENE), link -> {
                    for (int i = 0; i < 40 && link.pause(10); i++) {
                        link.skip(TestCamera.PICTURES, i == 10 ? 3 : i == 30 ? -9_000 : 0);
                        link.picture(i * 3_600L, SCENE.picture(i));
                    }
                    link.fallSilent();
                });
                Puller puller = pull(camera)) {
            await().atMost(PATIENCE).until(() -> lost(puller) > 0);
            await().atMost(PATIENCE).until(() -> lost(puller) == 4);
            assertThat(puller.packets().orElseThrow().came()).isGreaterThanOrEqualTo(30);
        }
    }

    private static long lost(Puller puller) {
        return puller.packets().map(Packets::lost).orElse(0L);
    }

    /** Pulls from all of them at once; each must fail twice, and is then judged by its first failure. */
    private static void each(
            Set<String> cases, Function<String, TestCamera> cameras, BiConsumer<String, Watched.Change> judge) {
        Map<String, Watched> seen = new HashMap<>();
        List<AutoCloseable> open = new ArrayList<>();
        try {
            for (String one : cases) {
                TestCamera camera = cameras.apply(one);
                Watched its = new Watched();
                seen.put(one, its);
                open.add(camera);
                StreamSource source = RtspSource.best(
                        PullSource.parse(camera.url().replace("//", "//camera:guess@")), new RtpCounters());
                open.addFirst(new Puller("test", source, QUICK, its, its));
            }
            seen.forEach((one, its) -> {
                await().alias(one).atMost(PATIENCE).until(() -> its.causes().size() > 1);
                judge.accept(
                        one,
                        its.changes().stream()
                                .filter(change -> change.cause() != null)
                                .findFirst()
                                .orElseThrow());
            });
        } finally {
            open.forEach(BadSourceTest::close);
        }
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** An hour ahead from the 30th picture on, two hours back from the 60th. */
    private static long jumping(long stamp) {
        long hour = 3_600L * 90_000;
        return stamp + (stamp < 30 * 3_600L ? 0 : stamp < 60 * 3_600L ? hour : -hour);
    }

    private static void sound(TestCamera.Link link, long stamp, int pieces) throws IOException {
        byte[] silence = new byte[160];
        java.util.Arrays.fill(silence, (byte) 0xd5);
        for (int i = 0; i < pieces; i++) {
            link.rtp(TestCamera.SOUND, 8, stamp + i * 160L, false, silence);
        }
    }

    private void awaitCause(OfflineCause cause) {
        await().atMost(PATIENCE).until(() -> watched.causes().contains(cause));
    }

    private String detail(OfflineCause cause) {
        return watched.changes().stream()
                .filter(change -> change.cause() == cause)
                .findFirst()
                .orElseThrow()
                .detail();
    }

    private List<MediaUnit> pictures() {
        return watched.units().stream().filter(MediaUnit::isVideo).toList();
    }

    private List<MediaUnit> sounds() {
        return watched.units().stream().filter(unit -> !unit.isVideo()).toList();
    }

    private Puller pull(TestCamera camera) {
        return new Puller(
                "test", RtspSource.best(PullSource.parse(camera.url()), new RtpCounters()), QUICK, watched, watched);
    }
}
