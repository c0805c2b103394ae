package org.farwatch.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farwatch.benchmarks.Frames.Shape;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.FrameReader;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.LocationBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From wire bytes to a batch, per position, beside {@link ProtostarDecoder}; the profiler counts allocated bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    static final int MESSAGES = 512;

    private static final long SEED = 1;
    private static final int DEVICE = 1;

    @Param({"V2013", "V2019"})
    public Layout layout;

    @Param({"TWO_ITEMS", "THIRTEEN_ITEMS", "ESCAPED"})
    public Shape shape;

    private byte[] wire;
    private FrameReader reader;
    private LocationBody body;
    private PositionBatch batch;
    private ProtostarDecoder reference;

    @Setup
    public void prepare() {
        wire = Frames.locations(layout, shape, MESSAGES, SEED);
        reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        body = new LocationBody();
        batch = new PositionBatch(MESSAGES);
        reference = new ProtostarDecoder();
        if (batch().size() != MESSAGES || protostar().size() != MESSAGES) {
            throw new IllegalStateException("not every message was decoded");
        }
    }

    /** What the service does. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public PositionBatch batch() {
        batch.clear();
        int at = 0;
        while (at < wire.length) {
            at = reader.read(wire, at, wire.length);
            if (reader.complete()) {
                Frame frame = reader.frame();
                if (frame.fault() != null) {
                    throw new IllegalStateException(frame.reason());
                }
                body.append(
                        frame.bytes(),
                        frame.bodyOffset(),
                        frame.bodyLength(),
                        DEVICE,
                        Datum.WGS84,
                        Frames.START_MILLIS,
                        batch);
            }
        }
        return batch;
    }

    /** What users of that library do: an object for each message. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public List<ProtostarDecoder.Location> protostar() {
        return reference.decode(wire);
    }
}
