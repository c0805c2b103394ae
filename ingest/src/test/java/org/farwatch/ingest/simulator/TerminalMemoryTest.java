package org.farwatch.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.jt808.MessageId;
import org.junit.jupiter.api.Test;

class TerminalMemoryTest {
    private final TerminalMemory memory = new TerminalMemory(10, 4, true);

    @Test
    void storedPositionsGoFirstAndInBatchesFreshOnesOneByOne() {
        add(1, 6, false);
        add(7, 8, true);
        assertThat(next(0)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(next(1)).containsExactly(5L, 6L);
        assertThat(next(2)).containsExactly(7L);
        assertThat(next(3)).containsExactly(8L);
        assertThat(memory.next(4)).isNull();
        assertThat(memory.messagesUnderWay()).isEqualTo(4);
        assertThat(memory.waiting()).isEqualTo(8);
    }

    @Test
    void aLostConnectionPutsEverythingUnansweredBackInOrder() {
        add(1, 6, false);
        next(0);
        next(1);
        add(7, 8, true);
        next(2);
        assertThat(memory.answered(0, MessageId.LOCATION_BATCH).positions).hasSize(4);
        memory.connectionLost();
        assertThat(memory.messagesUnderWay()).isZero();
        assertThat(next(9)).containsExactly(5L, 6L, 7L, 8L);
    }

    @Test
    void anAnswerToAnotherMessageIsNone() {
        add(1, 1, true);
        next(5);
        assertThat(memory.answered(6, MessageId.LOCATION)).isNull();
        assertThat(memory.answered(5, MessageId.LOCATION_BATCH)).isNull();
        assertThat(memory.answered(5, MessageId.LOCATION)).isNotNull();
        assertThat(memory.answered(5, MessageId.LOCATION)).isNull();
        assertThat(memory.waiting()).isZero();
    }

    @Test
    void whenFullTheOldestThatIsNotUnderWayIsOverwritten() {
        add(1, 4, false);
        next(0);
        add(5, 10, false);
        add(11, 12, true);
        assertThat(memory.waiting()).isEqualTo(10);
        assertThat(memory.overwritten()).isEqualTo(2);
        assertThat(next(1)).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void withoutBatchesStoredPositionsGoOneByOne() {
        TerminalMemory old = new TerminalMemory(10, 4, false);
        old.add(position(1), false);
        old.add(position(2), false);
        assertThat(old.next(0).messageId).isEqualTo(MessageId.LOCATION);
        assertThat(old.next(1).positions).hasSize(1);
    }

    private void add(int from, int to, boolean live) {
        for (int i = from; i <= to; i++) {
            memory.add(position(i), live);
        }
    }

    private static TerminalPosition position(int fix) {
        return TerminalPosition.at(fix, 121.47, 31.23, 0, 0);
    }

    private List<Long> next(int serial) {
        List<Long> fixes = new ArrayList<>();
        memory.next(serial).positions.forEach(position -> fixes.add(position.fixMillis()));
        return fixes;
    }
}
