package org.farwatch.ingest.jt808;

/** Message ids that are handled here (JT/T 808-2011, -2013, -2019). */
public final class MessageId {
    public static final int TERMINAL_REPLY = 0x0001;
    public static final int HEARTBEAT = 0x0002;
    public static final int LOGOUT = 0x0003;
    /** Since 2019. */
    public static final int QUERY_TIME = 0x0004;
    /** Since 2019: packages that the platform sent are to be sent again. */
    public static final int SEND_AGAIN_UP = 0x0005;

    public static final int REGISTER = 0x0100;
    public static final int AUTHENTICATE = 0x0102;
    public static final int PARAMETERS = 0x0104;
    /** Since 2013. */
    public static final int ATTRIBUTES = 0x0107;
    /** Since 2013. */
    public static final int UPGRADE_RESULT = 0x0108;

    public static final int LOCATION = 0x0200;
    public static final int LOCATION_QUERY_REPLY = 0x0201;
    /** Until 2013, as are {@link #ANSWER} and {@link #INFORMATION}. */
    public static final int EVENT = 0x0301;

    public static final int ANSWER = 0x0302;
    public static final int INFORMATION = 0x0303;
    public static final int VEHICLE_CONTROL_REPLY = 0x0500;
    /** Since 2019. */
    public static final int AREAS = 0x0608;

    public static final int DRIVING_RECORD = 0x0700;
    public static final int WAYBILL = 0x0701;
    public static final int DRIVER = 0x0702;
    /** Since 2013. */
    public static final int LOCATION_BATCH = 0x0704;
    /** Since 2013. */
    public static final int CAN_DATA = 0x0705;

    public static final int MEDIA_EVENT = 0x0800;
    public static final int MEDIA = 0x0801;
    public static final int STORED_MEDIA = 0x0802;
    /** Since 2013. */
    public static final int CAPTURE_REPLY = 0x0805;

    public static final int TRANSPARENT_UP = 0x0900;
    public static final int COMPRESSED = 0x0901;
    public static final int TERMINAL_KEY = 0x0A00;

    /** JT/T 1078. */
    public static final int VIDEO_ATTRIBUTES = 0x1003;
    /** JT/T 1078. */
    public static final int RECORDINGS = 0x1205;

    public static final int PLATFORM_REPLY = 0x8001;
    /** Since 2013: packages that the terminal sent are to be sent again. */
    public static final int SEND_AGAIN_DOWN = 0x8003;
    /** Since 2019. */
    public static final int TIME_REPLY = 0x8004;

    public static final int REGISTER_REPLY = 0x8100;
    public static final int MEDIA_REPLY = 0x8800;

    private MessageId() {}
}
