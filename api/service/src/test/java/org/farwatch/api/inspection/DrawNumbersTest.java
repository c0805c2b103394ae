package org.farwatch.api.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawNumbersTest {
    private static final byte[] SEED =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static final long[] WORDS_OF_ITEM = {0x47ce2101L, 0xec98f04cL};
    private static final long WORD_OF_SQUAD = 0x8813b1adL;

    /** What {@code printf 'item 0' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001…1f} begins with, and so on. */
    @Test
    void aNumberIsWhatAnybodyCalculatesFromTheSeedByHand() {
        DrawNumbers numbers = new DrawNumbers(SEED);

        assertThat(numbers.below("item", 1_000_000)).isEqualTo((int) (WORDS_OF_ITEM[0] % 1_000_000));
        assertThat(numbers.below("item", 1_000_000)).isEqualTo((int) (WORDS_OF_ITEM[1] % 1_000_000));
        assertThat(numbers.below("squad", 1_000_000)).isEqualTo((int) (WORD_OF_SQUAD % 1_000_000));
    }

    @Test
    void wordsThatWouldFavourSmallNumbersArePassedOver() {
        // 2^32 is 1 more than a multiple of 3 and 4 more than a multiple of 6.
        assertThat(DrawNumbers.number(0xFFFFFFFF, 3)).isEmpty();
        assertThat(DrawNumbers.number(0xFFFFFFFE, 3)).hasValue(2);
        assertThat(DrawNumbers.number(0xFFFFFFFC, 6)).isEmpty();
        assertThat(DrawNumbers.number(0xFFFFFFFB, 6)).hasValue(5);
        assertThat(DrawNumbers.number(0xFFFFFFFF, 1 << 16)).hasValue(0xFFFF);
        assertThat(DrawNumbers.number(0, 1)).hasValue(0);
    }

    @Test
    void everyOrderOfFourIsEquallyLikely() {
        int[] seen = new int[256];
        int rounds = 24_000;
        DrawNumbers numbers = new DrawNumbers(SEED);
        for (int round = 0; round < rounds; round++) {
            List<Integer> list = new ArrayList<>(IntStream.range(0, 4).boxed().toList());
            numbers.shuffle("order", list);
            seen[list.get(0) * 64 + list.get(1) * 16 + list.get(2) * 4 + list.get(3)]++;
        }
        int[] orders = IntStream.of(seen).filter(count -> count > 0).toArray();

        assertThat(orders).hasSize(24);
        assertThat(ChiSquare.of(orders, rounds)).isLessThan(ChiSquare.critical(23));
    }
}
