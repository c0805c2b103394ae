package org.farwatch.ingest.jt809;

/** The answer to a login (0x1002). */
public enum LoginResult {
    OK(0),
    WRONG_ADDRESS(1),
    WRONG_ACCESS_CODE(2),
    UNKNOWN_USER(3),
    WRONG_PASSWORD(4),
    BUSY(5),
    OTHER(6);

    private static final int OTHER_2019 = 0xFF;
    private final int code;

    LoginResult(int code) {
        this.code = code;
    }

    int code(Edition edition) {
        return this == OTHER && edition == Edition.V2019 ? OTHER_2019 : code;
    }

    static LoginResult of(int code) {
        for (LoginResult result : values()) {
            if (result.code == code) {
                return result;
            }
        }
        return OTHER;
    }
}
