package org.farwatch.benchmarks;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference: a decoder as one writes it first, an object for each message and each of its parts. Knows JT/T
 * 808-2013 and -2019 location messages and shares no code with what it is compared to.
 */
public final class ObjectDecoder {
    private static final byte DELIMITER = 0x7E;
    private static final byte ESCAPE = 0x7D;
    private static final int V2019 = 0x4000;

    /**
     * @param longitude degrees as sent
     * @param speed km/h
     * @param items id to value
     */
    public record Location(
            String phone,
            int serial,
            int alarms,
            int status,
            double longitude,
            double latitude,
            int altitude,
            double speed,
            int heading,
            Instant time,
            Map<Integer, byte[]> items) {}

    /** @throws IllegalArgumentException at a wrong checksum */
    public List<Location> decode(byte[] stream) {
        List<Location> locations = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < stream.length; at++) {
            if (stream[at] == DELIMITER) {
                if (start >= 0 && at > start) {
                    locations.add(message(unescape(stream, start, at)));
                    start = -1;
                } else {
                    start = at + 1;
                }
            }
        }
        return locations;
    }

    private static byte[] unescape(byte[] stream, int from, int to) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int at = from; at < to; at++) {
            if (stream[at] == ESCAPE) {
                at++;
                plain.write(stream[at] == 1 ? ESCAPE : DELIMITER);
            } else {
                plain.write(stream[at]);
            }
        }
        return plain.toByteArray();
    }

    private static Location message(byte[] plain) {
        byte sum = 0;
        for (byte b : plain) {
            sum ^= b;
        }
        if (sum != 0) {
            throw new IllegalArgumentException("checksum");
        }
        boolean v2019 = (word(plain, 2) & V2019) != 0;
        int phoneAt = v2019 ? 5 : 4;
        int phoneBytes = v2019 ? 10 : 6;
        StringBuilder phone = new StringBuilder();
        for (int at = phoneAt; at < phoneAt + phoneBytes; at++) {
            phone.append(decimal(plain, at) / 10).append(decimal(plain, at) % 10);
        }
        int serial = word(plain, phoneAt + phoneBytes);
        int body = phoneAt + phoneBytes + 2;
        Map<Integer, byte[]> items = new LinkedHashMap<>();
        for (int at = body + 28; at + 2 <= plain.length - 1; at += 2 + plain[at + 1]) {
            byte[] value = new byte[plain[at + 1]];
            System.arraycopy(plain, at + 2, value, 0, value.length);
            items.put(plain[at] & 0xFF, value);
        }
        LocalDateTime time = LocalDateTime.of(
                2000 + decimal(plain, body + 22),
                decimal(plain, body + 23),
                decimal(plain, body + 24),
                decimal(plain, body + 25),
                decimal(plain, body + 26),
                decimal(plain, body + 27));
        return new Location(
                phone.toString().replaceFirst("^0+", ""),
                serial,
                dword(plain, body),
                dword(plain, body + 4),
                dword(plain, body + 12) / 1e6,
                dword(plain, body + 8) / 1e6,
                word(plain, body + 16),
                word(plain, body + 18) / 10.0,
                word(plain, body + 20),
                time.toInstant(ZoneOffset.ofHours(8)),
                items);
    }

    private static int decimal(byte[] bytes, int at) {
        return (bytes[at] >> 4 & 0xF) * 10 + (bytes[at] & 0xF);
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static int dword(byte[] bytes, int at) {
        return word(bytes, at) << 16 | word(bytes, at + 2);
    }
}
