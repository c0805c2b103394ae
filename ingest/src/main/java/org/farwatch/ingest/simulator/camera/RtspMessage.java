package org.farwatch.ingest.simulator.camera;

import java.util.Map;

/** What a client says on its connection. */
sealed interface RtspMessage {
    /**
     * A request (RFC 2326, 6).
     *
     * @param headers by name in small letters; of equal names the last
     */
    record Request(String method, String uri, Map<String, String> headers) implements RtspMessage {
        /** Null where the request has none. */
        String header(String name) {
            return headers.get(name);
        }
    }

    /**
     * Bytes that are no request that can be answered otherwise; the connection ends with the answer.
     *
     * @param status that names the fault
     */
    record Malformed(RtspStatus status, String cseq) implements RtspMessage {}
}
