package org.farwatch.ingest.jt809;

/** Ids of messages and of the parts of a vehicle's message (JT/T 809-2011 and -2019, annex A). */
final class MessageId {
    static final int LOGIN = 0x1001;
    static final int LOGIN_REPLY = 0x1002;
    static final int LOGOUT = 0x1003;
    static final int LOGOUT_REPLY = 0x1004;
    static final int KEEPALIVE = 0x1005;
    static final int KEEPALIVE_REPLY = 0x1006;
    /** The lower platform says that the main link broke (on the slave link). */
    static final int BROKEN = 0x1007;
    /** The lower platform says that it closes the links. */
    static final int CLOSING = 0x1008;

    static final int DOWN_LOGIN = 0x9001;
    static final int DOWN_LOGIN_REPLY = 0x9002;
    static final int DOWN_LOGOUT = 0x9003;
    static final int DOWN_LOGOUT_REPLY = 0x9004;
    static final int DOWN_KEEPALIVE = 0x9005;
    static final int DOWN_KEEPALIVE_REPLY = 0x9006;
    static final int DOWN_BROKEN = 0x9007;
    static final int DOWN_CLOSING = 0x9008;

    /** How many positions the superior platform received. */
    static final int RECEIVED_COUNT = 0x9101;

    static final int VEHICLE = 0x1200;
    static final int VEHICLE_REGISTRATION = 0x1201;
    static final int VEHICLE_POSITION = 0x1202;
    static final int VEHICLE_HISTORY = 0x1203;

    static final int PLATFORM = 0x1300;
    static final int ALARM = 0x1400;
    static final int SUPERVISION = 0x1500;
    static final int STATIC = 0x1600;

    static final int DOWN_PLATFORM = 0x9300;

    private MessageId() {}
}
