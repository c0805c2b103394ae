package org.farwatch.ingest.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * The positions that an officer's device took and the broker has not acknowledged yet, oldest first. Bounded: when full
 * the oldest is overwritten, as a real device does. Not synchronised; owned by {@link OfficerClient}.
 */
final class OfficerMemory {
    private final int limit;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private int uploading;
    private long overwritten;

    /** What the device knew at a moment; {@code fixMillis} since 1970 UTC is unique per device. */
    record Sample(long fixMillis, OfficerWalk.Step step, int satellites, int battery) {}

    OfficerMemory(int limit) {
        this.limit = limit;
    }

    void add(Sample sample) {
        if (samples.size() == limit) {
            samples.removeFirst();
            uploading = Math.max(0, uploading - 1);
            overwritten++;
        }
        samples.addLast(sample);
    }

    int size() {
        return samples.size();
    }

    long overwritten() {
        return overwritten;
    }

    /** The oldest positions as a message: one as an object, several as an array; they stay until {@link #uploaded}. */
    byte[] upload(int most) {
        uploading = Math.min(most, samples.size());
        StringBuilder json = new StringBuilder(uploading * 160);
        Iterator<Sample> oldest = samples.iterator();
        if (uploading == 1) {
            write(json, oldest.next());
        } else {
            for (int i = 0; i < uploading; i++) {
                json.append(i == 0 ? '[' : ',');
                write(json, oldest.next());
            }
            json.append(']');
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The broker has the message: forgets its positions. */
    void uploaded(LongConsumer each) {
        for (; uploading > 0; uploading--) {
            each.accept(samples.removeFirst().fixMillis());
        }
    }

    private static void write(StringBuilder json, Sample sample) {
        OfficerWalk.Step step = sample.step();
        json.append("{\"fixTime\":").append(sample.fixMillis());
        json.append(",\"longitude\":").append(rounded(step.longitude(), 1e7));
        json.append(",\"latitude\":").append(rounded(step.latitude(), 1e7));
        json.append(",\"speed\":").append(rounded(step.speedKmh(), 10));
        json.append(",\"heading\":").append(rounded(step.heading(), 10));
        json.append(",\"satellites\":").append(sample.satellites());
        json.append(",\"battery\":").append(sample.battery()).append('}');
    }

    private static double rounded(double value, double unit) {
        return Math.round(value * unit) / unit;
    }
}
