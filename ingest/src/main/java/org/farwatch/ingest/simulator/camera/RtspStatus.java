package org.farwatch.ingest.simulator.camera;

/** The answers that a simulated camera knows (RFC 2326, 7.1.1; its wording). */
enum RtspStatus {
    OK(200, "OK"),
    BAD_REQUEST(400, "Bad Request"),
    UNAUTHORIZED(401, "Unauthorized"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    NOT_ACCEPTABLE(406, "Not Acceptable"),
    ENTITY_TOO_LARGE(413, "Request Entity Too Large"),
    URI_TOO_LARGE(414, "Request-URI Too Large"),
    NOT_ENOUGH_BANDWIDTH(453, "Not Enough Bandwidth"),
    SESSION_NOT_FOUND(454, "Session Not Found"),
    METHOD_NOT_VALID(455, "Method Not Valid in This State"),
    INVALID_RANGE(457, "Invalid Range"),
    UNSUPPORTED_TRANSPORT(461, "Unsupported transport"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    SERVICE_UNAVAILABLE(503, "Service Unavailable"),
    VERSION_NOT_SUPPORTED(505, "RTSP Version not supported"),
    OPTION_NOT_SUPPORTED(551, "Option not supported");

    private final int code;
    private final String reason;

    RtspStatus(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** As in the first line of an answer. */
    String line() {
        return "RTSP/1.0 " + code + " " + reason;
    }
}
