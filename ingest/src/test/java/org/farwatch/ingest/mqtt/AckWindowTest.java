package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AckWindowTest {
    @Test
    void onlyTheContiguousPrefixGoesOut() {
        AckWindow window = new AckWindow(4);
        long a = window.arrive(11);
        long b = window.arrive(12);
        long c = window.arrive(13);

        window.release(c, 1);
        window.release(b, 1);
        assertThat(window.next()).isZero();

        window.release(a, 1);
        assertThat(List.of(window.next(), window.next(), window.next(), window.next()))
                .containsExactly(11, 12, 13, 0);
    }

    @Test
    void aMessageIsDoneWhenItsDecoderAndAllItsRowsLetGo() {
        AckWindow window = new AckWindow(4);
        long a = window.arrive(11);
        window.hold(a, 3);
        window.release(a, 2);
        window.release(a, 1);
        assertThat(window.next()).isZero();

        window.release(a, 1);
        assertThat(window.next()).isEqualTo(11);
        assertThat(window.outstanding()).isZero();
    }

    @Test
    void moreThanReceiveMaximumIsNotTakenIn() {
        AckWindow window = new AckWindow(2);
        long a = window.arrive(1);
        window.arrive(2);
        assertThat(window.arrive(3)).isEqualTo(-1);

        window.release(a, 1);
        assertThat(window.next()).isEqualTo(1);
        assertThat(window.arrive(3)).isEqualTo(2);
    }

    @Test
    void lettingGoTwiceIsAnError() {
        AckWindow window = new AckWindow(2);
        long a = window.arrive(1);
        window.release(a, 1);
        assertThatThrownBy(() -> window.release(a, 1)).isInstanceOf(IllegalStateException.class);
    }

    /** Whatever the order in which messages are done, their ids go out in the order of arrival, each once. */
    @Property(tries = 200)
    void idsGoOutInArrivalOrderWhateverTheOrderOfCompletion(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 7) Integer> choices) {
        AckWindow window = new AckWindow(8);
        List<Long> open = new ArrayList<>();
        List<Integer> out = new ArrayList<>();
        int arrived = 0;
        for (int choice : choices) {
            long number = window.arrive(arrived + 1);
            if (number >= 0) {
                arrived++;
                open.add(number);
            }
            if (choice < open.size()) {
                window.release(open.remove(choice), 1);
            }
            drain(window, out);
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            window.release(open.get(i), 1);
            drain(window, out);
        }
        assertThat(out).hasSize(arrived);
        for (int i = 0; i < arrived; i++) {
            assertThat(out.get(i)).isEqualTo(i + 1);
        }
    }

    private static void drain(AckWindow window, List<Integer> out) {
        for (int id = window.next(); id != 0; id = window.next()) {
            out.add(id);
        }
    }
}
