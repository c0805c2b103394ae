package org.farwatch.api.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * GStreamer's RTSP server with test pictures, as a process of its own; {@code ./test} installs it. At times it crashes
 * when the last viewer of a stream leaves while another one comes; like a camera it then begins again, and says so.
 */
public final class RtspServer implements AutoCloseable {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path BINDING = Path.of("/usr/lib/python3/dist-packages/gi");
    private static final Path SCRIPT = Path.of("src/test/resources/rtsp_server.py");

    private int port;
    private final List<String> streams;
    private Process process;
    private boolean off;
    private Writer commands;

    private RtspServer(List<String> streams) throws IOException {
        this.streams = streams;
        begin();
    }

    private synchronized void begin() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(PYTHON.toString(), SCRIPT.toAbsolutePath().toString(), Integer.toString(port)));
        command.addAll(streams);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        commands = process.outputWriter();
        BufferedReader said = process.inputReader();
        String line = said.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroy();
            throw new IllegalStateException("the RTSP server did not start: " + line);
        }
        port = Integer.parseInt(line.substring("ready ".length()));
        off = false;
        var _ = process.onExit().thenAccept(this::crashed);
    }

    /**
     * Says "skipped" where GStreamer is not installed.
     *
     * @param streams {@code name=kind}; the kinds stand in {@code rtsp_server.py}
     */
    public static RtspServer start(String... streams) {
        if (!Files.isExecutable(PYTHON) || !Files.isDirectory(BINDING)) {
            String reason =
                    "skipped: no GStreamer RTSP server (Debian packages gir1.2-gst-rtsp-server-1.0, python3-gi)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        try {
            return new RtspServer(List.of(streams));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void crashed(Process gone) {
        if (off || gone.pid() != process.pid()) {
            return;
        }
        System.out.println("the RTSP server of port " + port + " died with " + gone.exitValue() + " and begins again");
        switchOn();
    }

    public String url(String name) {
        return "rtsp://127.0.0.1:" + port + "/" + name;
    }

    /** The address with a user and a password. */
    public String url(String name, String user, String password) {
        return "rtsp://" + user + ":" + password + "@127.0.0.1:" + port + "/" + name;
    }

    /** Ends a stream: its viewers are cut off, and nobody finds it any more. */
    public void remove(String name) {
        say("remove " + name);
    }

    /** @param stream {@code name=kind} */
    public void add(String stream) {
        say("add " + stream);
    }

    /** @param what {@code live}, {@code frozen}, {@code black}, {@code covered} or {@code moved}, of a stream of kind {@code scene} */
    public void show(String name, String what) {
        say("show " + name + " " + what);
    }

    /** Stands still as a hung camera does: its connections stay open and nothing comes. */
    public void freeze() {
        signal("STOP");
    }

    /** Goes on after {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    /** Dies without having been told to, and is gone when this returns. */
    void crash() {
        Process gone = process;
        gone.destroyForcibly().onExit().join();
    }

    /** Is switched on again, at the same address. */
    public void switchOn() {
        try {
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        switchOff();
    }

    /** Is gone at once, with all its connections. */
    public synchronized void switchOff() {
        off = true;
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " answered " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void say(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
