package org.farwatch.ingest.jt808;

/** Message ids that are handled here (JT/T 808-2011, -2013, -2019). */
public final class MessageId {
    public static final int TERMINAL_REPLY = 0x0001;
    public static final int HEARTBEAT = 0x0002;
    public static final int LOGOUT = 0x0003;
    /** Since 2019. */
    public static final int QUERY_TIME = 0x0004;

    public static final int REGISTER = 0x0100;
    public static final int AUTHENTICATE = 0x0102;
    public static final int LOCATION = 0x0200;
    public static final int LOCATION_QUERY_REPLY = 0x0201;
    public static final int VEHICLE_CONTROL_REPLY = 0x0500;
    /** Since 2013. */
    public static final int LOCATION_BATCH = 0x0704;

    public static final int PLATFORM_REPLY = 0x8001;
    /** Since 2019. */
    public static final int TIME_REPLY = 0x8004;

    public static final int REGISTER_REPLY = 0x8100;

    private MessageId() {}
}
