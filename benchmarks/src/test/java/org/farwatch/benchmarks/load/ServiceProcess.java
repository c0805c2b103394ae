package org.farwatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.farwatch.api.Farwatch;
import org.farwatch.ingest.SteadyPort;

/**
 * The service in a process of its own: it can be killed, and its memory and figures can be read without its database.
 */
final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final long STOP_SECONDS = 30;
    private static final String MEMORY = "VmRSS:";

    private final Process process;
    private final Path home;
    private final int http;
    private JMXConnector figures;

    private ServiceProcess(Process process, Path home, int http) {
        this.process = process;
        this.home = home;
        this.http = http;
    }

    /**
     * Starts it and waits until terminals can connect.
     *
     * @param test names its log in {@code target}
     * @param port JT/T 808
     * @param settings environment beyond what keeps it off other services' ports
     */
    static ServiceProcess start(String test, Path home, int port, int heapMegabytes, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-Dspring.jmx.enabled=true",
                "-Dmanagement.endpoints.jmx.exposure.include=metrics",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Farwatch.class.getName(), "serve"));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("FARWATCH_HOME", home.toString());
        int http = SteadyPort.free();
        environment.put("FARWATCH_HTTP_PORT", Integer.toString(http));
        environment.put("FARWATCH_MQTT_PORT", "0");
        environment.put("FARWATCH_JT809_PORT", "0");
        environment.put("FARWATCH_GB28181_PORT", "0");
        environment.put("FARWATCH_JT1078_PORT", "0");
        environment.put("FARWATCH_JT1078_PLAYBACKPORT", "0");
        environment.put("FARWATCH_JT1078_TALKPORT", "0");
        environment.put("FARWATCH_JT808_PORT", Integer.toString(port));
        environment.put("FARWATCH_DEVICES_SELFREGISTRATION", "true");
        environment.put("FARWATCH_ADMIN_PASSWORD", "load-test-password");
        environment.putAll(settings);
        Path log = Files.createDirectories(Path.of("target", test)).resolve("service.log");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ServiceProcess service = new ServiceProcess(builder.start(), home, http);
        await().atMost(START).until(() -> !service.process.isAlive() || accepts(port));
        assertThat(service.process.isAlive())
                .as("the service runs; its log is %s", log.toAbsolutePath())
                .isTrue();
        return service;
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Bytes on the heap that are in use after a full collection. */
    long heap() throws IOException {
        MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                figures(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Bytes of memory that the process occupies, whatever for. */
    long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(MEMORY))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .map(kilobytes -> kilobytes * 1024)
                .sum();
    }

    /** What Prometheus reads, by the key in the home. */
    String scraped() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + Files.readString(home.resolve("keys/metrics")))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** The present value of what {@code /actuator/metrics} has under this name. */
    long figure(String name) {
        try {
            Object answer = figures()
                    .invoke(
                            new ObjectName("org.springframework.boot:type=Endpoint,name=Metrics"),
                            "metric",
                            new Object[] {name, null},
                            new String[] {String.class.getName(), List.class.getName()});
            List<?> measurements = (List<?>) ((Map<?, ?>) answer).get("measurements");
            return ((Number) ((Map<?, ?>) measurements.getFirst()).get("value")).longValue();
        } catch (IOException | JMException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** By the address that the attached process itself gave; what error-prone fears is one that somebody sent. */
    @SuppressWarnings("BanJNDI")
    private MBeanServerConnection figures() throws IOException {
        if (figures == null) {
            try {
                VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
                figures = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                machine.detach();
            } catch (AttachNotSupportedException e) {
                throw new IOException(e);
            }
        }
        return figures.getMBeanServerConnection();
    }

    @Override
    public void close() throws IOException {
        if (figures != null) {
            figures.close();
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
