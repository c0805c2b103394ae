package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.farwatch.ingest.media.MediaUnit.Track;
import org.junit.jupiter.api.Test;

/** What is written is read back by {@link BoxTree}, which shares nothing with the writer. */
class Fmp4WriterTest {
    private static final long START = 1_800_000_000_123L;

    private final Gathered out = new Gathered();
    private final Fmp4Writer writer = new Fmp4Writer(out);

    @Test
    void fragmentsHoldAtMostAFifthOfASecondAtAnyFrameRate() {
        for (int rate : new int[] {5, 12, 15, 24, 25, 30, 50, 60}) {
            Gathered gathered = new Gathered();
            Fmp4Writer one = new Fmp4Writer(gathered);
            one.format(TestFormats.video());
            for (int i = 0; i < rate * 10; i++) {
                one.unit(picture(i * 1_000_000L / rate, i % rate == 0, i));
            }
            one.end();

            assertThat(gathered.fragments)
                    .as("%d pictures a second", rate)
                    .allSatisfy(fragment -> assertThat(fragment.duration()).isLessThanOrEqualTo(200_000));
            // A writer that gave out every picture by itself would not do either.
            assertThat(gathered.fragments).hasSizeLessThanOrEqualTo(10 * Math.min(rate, 8));
            assertThat(gathered.samples(1)).hasSize(rate * 10);
        }
    }

    @Test
    void aPictureOfASlowCameraDoesNotWaitForTheNext() {
        writer.format(TestFormats.video());

        for (int i = 0; i < 4; i++) {
            writer.unit(picture(i * 1_000_000L, i == 0, i));
        }

        // Of the first one alone it is not known yet that the camera is slow.
        assertThat(out.samples(1)).hasSize(4);
    }

    @Test
    void decodeTimesRunOnFromFragmentToFragmentAndThroughAChangeOfFormat() {
        writer.format(TestFormats.video());
        pictures(0, 75);
        writer.format(TestFormats.otherVideo());
        pictures(75, 75);
        writer.end();

        assertThat(out.formats).containsExactly(TestFormats.video(), TestFormats.otherVideo());
        assertThat(out.inits.get(0)).isNotEqualTo(out.inits.get(1));
        List<BoxTree.Sample> samples = out.samples(1);
        assertThat(samples)
                .extracting(BoxTree.Sample::decodeTime)
                .containsExactlyElementsOf(
                        LongStream.range(0, 150).mapToObj(i -> i * 3_600).toList());
        assertThat(samples).allSatisfy(sample -> assertThat(sample.duration()).isEqualTo(3_600));
        List<Integer> numbers = out.fragments.stream()
                .map(fragment -> moof(fragment).child("mfhd").content().getInt(4))
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(out.ends).isOne();
    }

    @Test
    void aKeyPictureBeginsAFragmentWhichSaysSo() {
        writer.format(TestFormats.video());
        for (int i = 0; i < 60; i++) {
            writer.unit(picture(i * 40_000L, i % 13 == 0, i));
        }
        writer.end();

        for (Fragment fragment : out.fragments) {
            List<BoxTree.Sample> samples = BoxTree.samples(fragment.bytes(), 1);
            assertThat(samples.getFirst().sync()).isEqualTo(fragment.key());
            assertThat(samples.subList(1, samples.size())).noneMatch(BoxTree.Sample::sync);
            assertThat(fragment.frames()).isEqualTo(samples.size());
            assertThat(fragment.decodeTime()).isEqualTo(samples.getFirst().decodeTime() * 1_000_000 / 90_000);
        }
        assertThat(out.fragments.stream().filter(Fragment::key)).hasSize(5);
    }

    @Test
    void payloadsComeBackAsTheyWereGiven() {
        writer.format(TestFormats.video());
        List<byte[]> given = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            MediaUnit unit = picture(i * 40_000L, i == 0, i);
            given.add(unit.payload());
            writer.unit(unit);
        }
        writer.end();

        assertThat(out.samples(1).stream().map(BoxTree.Sample::data)).containsExactlyElementsOf(given);
    }

    @Test
    void picturesThatAreShownLaterThanDecodedKeepTheirOffset() {
        writer.format(TestFormats.video());
        int[] shownLater = {2, 4, 0, 1, 3};
        for (int i = 0; i < 25; i++) {
            long time = i * 40_000L;
            writer.unit(new MediaUnit(
                    Track.VIDEO, time, time + shownLater[i % 5] * 40_000L, START, i == 0, new byte[] {1, 2, 3}));
        }
        writer.end();

        List<BoxTree.Sample> samples = out.samples(1);
        for (int i = 0; i < 25; i++) {
            assertThat(samples.get(i).offset()).isEqualTo(shownLater[i % 5] * 3_600);
        }
    }

    @Test
    void soundTravelsInItsOwnTrackAndWaitsForNoPicture() {
        writer.format(TestFormats.withSound());
        int sounds = 0;
        for (int i = 0; i < 50; i++) {
            writer.unit(picture(i * 40_000L, i % 25 == 0, i));
            for (; sounds * 64_000L <= i * 40_000L; sounds++) {
                writer.unit(sound(sounds));
            }
        }
        // The camera goes dark and still sends sound.
        for (int i = 0; i < 20; i++) {
            writer.unit(sound(sounds++));
        }
        writer.end();

        List<BoxTree.Sample> heard = out.samples(2);
        assertThat(heard).hasSize(sounds);
        for (int i = 0; i < sounds; i++) {
            assertThat(heard.get(i).decodeTime()).isEqualTo(i * 1_024L);
            assertThat(heard.get(i).data()).isEqualTo(sound(i).payload());
        }
        assertThat(out.samples(1)).hasSize(50);
        assertThat(out.fragments.getLast().key()).isFalse();
        assertThat(out.fragments.getLast().frames()).isZero();
        assertThat(out.formats.getFirst().mime()).isEqualTo("video/mp4; codecs=\"avc1.42c00d,mp4a.40.2\"");
        BoxTree moov = moov(out.inits.getFirst());
        assertThat(moov.all("trak")).hasSize(2);
        assertThat(moov.child("mvex").all("trex")).hasSize(2);
    }

    @Test
    void framesThatNoFileCanHoldAreCounted() {
        writer.unit(picture(0, true, 0));
        writer.format(TestFormats.video());
        writer.unit(picture(40_000, false, 1));
        writer.unit(sound(0));
        assertThat(out.inits).isEmpty();

        writer.unit(picture(80_000, true, 2));
        writer.end();

        assertThat(writer.leftOut()).isEqualTo(3);
        assertThat(out.samples(1)).hasSize(1);
    }

    @Test
    void eachFragmentTellsWhenItsFirstPictureCame() {
        writer.format(TestFormats.video());
        pictures(0, 100);
        writer.end();

        for (Fragment fragment : out.fragments) {
            List<BoxTree> boxes = BoxTree.read(fragment.bytes());
            assertThat(boxes).extracting(BoxTree::type).containsExactly("prft", "moof", "mdat");
            ByteBuffer prft = boxes.getFirst().content();
            assertThat(prft.getInt(0)).isEqualTo(0x01000000);
            assertThat(prft.getInt(4)).isOne();
            // RFC 5905: seconds since 1900 and 1/2^32 of one.
            double seconds = (prft.getInt(8) & 0xffffffffL) - 2_208_988_800L + (prft.getInt(12) & 0xffffffffL) / 0x1p32;
            assertThat(Math.round(seconds * 1_000)).isEqualTo(fragment.received());
            assertThat(prft.getLong(16))
                    .isEqualTo(
                            moof(fragment).child("traf").child("tfdt").content().getLong(4));
        }
        assertThat(out.fragments.getLast().receivedEnd()).isEqualTo(START + 4_000);
    }

    @Test
    void theHeaderDescribesThePicturesAndHoldsNoneAndNoEditList() {
        writer.format(TestFormats.video());
        pictures(0, 1);
        writer.end();

        List<BoxTree> boxes = BoxTree.read(out.inits.getFirst());
        assertThat(boxes).extracting(BoxTree::type).containsExactly("ftyp", "moov");
        BoxTree track = boxes.get(1).child("trak");
        assertThat(track.all("edts")).isEmpty();
        assertThat(track.child("mdia").child("mdhd").content().getInt(12)).isEqualTo(90_000);
        ByteBuffer entries =
                track.child("mdia").child("minf").child("stbl").child("stsd").content();
        byte[] stsd = new byte[entries.capacity()];
        entries.get(0, stsd);
        BoxTree entry =
                BoxTree.read(java.util.Arrays.copyOfRange(stsd, 8, stsd.length)).getFirst();
        assertThat(entry.type()).isEqualTo("avc1");
        assertThat(entry.content().getShort(24)).isEqualTo((short) 320);
        assertThat(entry.content().getShort(26)).isEqualTo((short) 240);
    }

    private void pictures(int from, int count) {
        for (int i = from; i < from + count; i++) {
            writer.unit(picture(i * 40_000L, i % 25 == 0, i));
        }
    }

    private static MediaUnit picture(long time, boolean key, int number) {
        byte[] payload = new byte[key ? 900 : 40 + number % 7];
        java.util.Arrays.fill(payload, (byte) number);
        return new MediaUnit(Track.VIDEO, time, time, START + time / 1_000, key, payload);
    }

    private static MediaUnit sound(int number) {
        long time = number * 64_000L;
        return new MediaUnit(Track.AUDIO, time, time, START + time / 1_000, true, new byte[] {(byte) number, 33});
    }

    private static BoxTree moof(Fragment fragment) {
        return BoxTree.read(fragment.bytes()).get(1);
    }

    private static BoxTree moov(byte[] init) {
        return BoxTree.read(init).get(1);
    }
}
