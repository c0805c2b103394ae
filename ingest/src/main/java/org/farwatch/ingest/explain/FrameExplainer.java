package org.farwatch.ingest.explain;

/** Explains the bytes of one protocol. Stateless; any thread; never throws for what the bytes contain. */
public interface FrameExplainer {
    /** Whether the bytes begin as this protocol's do. */
    boolean takes(byte[] bytes);

    /** @param bytes as captured on the wire; one frame or several */
    Explanation explain(byte[] bytes);
}
