package org.farwatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FaultsTest {
    private static final byte[] BYTES = {0x7E, 0x01, (byte) 0xFF};

    private final Moving clock = new Moving();
    private final Faults faults = new Faults(clock);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        Logger log = (Logger) LoggerFactory.getLogger(Faults.class);
        log.setAdditive(false);
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        Logger log = (Logger) LoggerFactory.getLogger(Faults.class);
        log.detachAppender(lines);
        log.setAdditive(true);
    }

    @Test
    void everyFaultIsCountedByProtocolAndKind() {
        faults.count(Protocol.JT808, FaultKind.BAD_CHECKSUM);
        report("138");
        report("138");
        assertThat(faults.total(Protocol.JT808, FaultKind.BAD_CHECKSUM)).isEqualTo(3);
        assertThat(faults.total(Protocol.MQTT, FaultKind.BAD_CHECKSUM)).isZero();
        assertThat(faults.total(Protocol.JT808, FaultKind.OVERSIZE)).isZero();
    }

    @Test
    void aDeviceIsLoggedOnceAMinuteWithItsBytes() {
        report("138");
        report("138");
        report("139");
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "jt808 138: bad-checksum: checksum: wrong [01ff]",
                        "jt808 139: bad-checksum: checksum: wrong [01ff]");
        clock.now = clock.now.plus(Duration.ofSeconds(59));
        report("138");
        assertThat(lines.list).hasSize(2);
        clock.now = clock.now.plus(Duration.ofSeconds(1));
        report("138");
        assertThat(lines.list).hasSize(3);
    }

    @Test
    void aFloodOfDevicesIsCountedButNotRemembered() {
        for (int i = 0; i < 2 * Faults.LOGGED_DEVICES; i++) {
            report("device " + i);
        }
        assertThat(lines.list).hasSize(Faults.LOGGED_DEVICES);
        assertThat(faults.total(Protocol.JT808, FaultKind.BAD_CHECKSUM)).isEqualTo(2L * Faults.LOGGED_DEVICES);
    }

    @Test
    void aDeviceCannotWriteLinesOfItsOwn() {
        report("a\nb\r\u0007");
        assertThat(lines.list.getFirst().getFormattedMessage()).startsWith("jt808 a?b??: bad-checksum");
    }

    @Test
    void ofALongMessageTheBeginningIsLogged() {
        faults.report(Protocol.MQTT, FaultKind.OVERSIZE, "topic", "too long", new byte[1000], 0, 1000);
        assertThat(lines.list.getFirst().getFormattedMessage())
                .endsWith("00... 1000 bytes]")
                .hasSizeLessThan(600);
    }

    private void report(String device) {
        faults.report(Protocol.JT808, FaultKind.BAD_CHECKSUM, device, "checksum: wrong", BYTES, 1, 2);
    }

    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-03-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
