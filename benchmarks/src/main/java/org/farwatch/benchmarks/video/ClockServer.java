package org.farwatch.benchmarks.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farwatch.benchmarks.process.Processes;
import org.farwatch.ingest.SteadyPort;

/**
 * Cameras on loopback that show the time: GStreamer's RTSP server in a process of its own, 1280x720, 25 pictures a
 * second, H.264 at about 2 Mb/s, the wall clock's milliseconds drawn into each picture as 40 black or white squares
 * ({@code clock_server.py}). One encoder runs for each camera, however many fetch it.
 */
final class ClockServer implements AutoCloseable {
    /** Squares in the top of each picture, the highest bit first: 32 of milliseconds, 8 of their check sum. */
    static final int SQUARES = 40;

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path BINDING = Path.of("/usr/lib/python3/dist-packages/gi");

    private final int port;
    private final Path script;
    private final Process process;

    private ClockServer(int port, Path script, Process process) {
        this.port = port;
        this.script = script;
        this.process = process;
    }

    /**
     * Starts the server, or says why it cannot and gives none.
     *
     * @param secondsBetweenKeys a camera for each
     */
    static Optional<ClockServer> start(int... secondsBetweenKeys) throws IOException {
        if (!Files.isExecutable(PYTHON) || !Files.isDirectory(BINDING)) {
            System.out.println("left out: no GStreamer RTSP server (Debian packages gir1.2-gst-rtsp-server-1.0,"
                    + " gstreamer1.0-plugins-ugly, python3-gi)");
            return Optional.empty();
        }
        Path script = Files.createTempFile("farwatch-clock", ".py");
        try (InputStream resource = ClockServer.class.getResourceAsStream("clock_server.py")) {
            Files.write(script, resource.readAllBytes());
        }
        int port = SteadyPort.free();
        Process process = new ProcessBuilder(command(script, port, secondsBetweenKeys))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader();
        String line = said.readLine();
        if (!"ready".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the RTSP server did not start: " + line);
        }
        return Optional.of(new ClockServer(port, script, process));
    }

    private static List<String> command(Path script, int port, int... secondsBetweenKeys) {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script.toString(), Integer.toString(port)));
        for (int seconds : secondsBetweenKeys) {
            command.add(Integer.toString(seconds));
        }
        return command;
    }

    /** The address of the camera with so many seconds between key pictures. */
    String url(int secondsBetweenKeys) {
        return "rtsp://127.0.0.1:" + port + "/gop" + secondsBetweenKeys;
    }

    @Override
    public void close() {
        Processes.end(process);
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
