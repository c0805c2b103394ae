package org.farwatch.ingest.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farwatch.ingest.SteadyPort;
import org.junit.jupiter.api.Assumptions;

/**
 * mosquitto as a process of its own, with the rules of {@code docker/mosquitto/acl.conf}, one listener in clear and one
 * with TLS; {@code ./test} installs it.
 */
final class Mosquitto implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/sbin/mosquitto");
    private static final Path RULES = Path.of("../docker/mosquitto/acl.conf");

    private final Path home;
    private final int port = SteadyPort.free();
    private final int tlsPort = SteadyPort.free();
    private final Map<String, String> users = new TreeMap<>();
    private Process process;

    /** Says "skipped" where it is not installed. */
    Mosquitto(Path home) {
        if (!Files.isExecutable(BINARY)) {
            String reason = "skipped: no mosquitto (Debian package mosquitto)";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        this.home = home;
        user("farwatch", "service-secret");
    }

    /** A user, before the start: the service, or a device by its id. */
    Mosquitto user(String name, String secret) {
        users.put(name, secret);
        return this;
    }

    Mosquitto start() throws IOException, InterruptedException {
        run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout key.pem -out ca.pem"
                + " -subj /CN=localhost -addext subjectAltName=DNS:localhost");
        Files.copy(RULES, home.resolve("acl.conf"));
        StringBuilder passwords = new StringBuilder();
        users.forEach((name, secret) ->
                passwords.append(name).append(':').append(secret).append('\n'));
        Files.writeString(home.resolve("passwords"), passwords);
        run("mosquitto_passwd -U passwords");
        Files.writeString(home.resolve("mosquitto.conf"), """
                per_listener_settings false
                listener %d 127.0.0.1
                listener %d 127.0.0.1
                certfile %s/ca.pem
                keyfile %s/key.pem
                allow_anonymous false
                password_file %s/passwords
                acl_file %s/acl.conf
                persistence true
                persistence_location %s/
                max_queued_messages 1000000
                max_inflight_messages 1000
                user root
                """.formatted(port, tlsPort, home, home, home, home, home));
        for (String each : List.of("acl.conf", "passwords", "key.pem")) {
            Files.setPosixFilePermissions(home.resolve(each), PosixFilePermissions.fromString("rw-------"));
        }
        process = new ProcessBuilder(BINARY.toString(), "-c", "mosquitto.conf")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        Eventually.until("mosquitto listens", this::listens);
        return this;
    }

    private void run(String command) throws IOException, InterruptedException {
        Process done = new ProcessBuilder(command.split(" "))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("tools").toFile())
                .start();
        if (done.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(home.resolve("tools")));
        }
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("mosquitto ended: " + Files.readString(home.resolve("log")));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    /** With a certificate that {@link #authority} signed. */
    String tlsUri() {
        return "ssl://localhost:" + tlsPort;
    }

    Path authority() {
        return home.resolve("ca.pem");
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }
}
