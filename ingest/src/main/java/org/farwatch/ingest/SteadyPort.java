package org.farwatch.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * A loopback port for a server that is started later, or stopped and started again: a number below those that systems
 * give to outgoing connections (Linux from 32768, IANA from 49152), so that none of these takes it in between.
 */
public final class SteadyPort {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int TRIES = 100;

    private SteadyPort() {}

    /** @return a TCP port that nobody listens on now */
    public static int free() {
        for (int i = 0; ; i++) {
            int port = RandomGenerator.getDefault().nextInt(FIRST, END);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                if (i == TRIES) {
                    throw new UncheckedIOException("no port is free from " + FIRST + " to " + END, e);
                }
            }
        }
    }
}
