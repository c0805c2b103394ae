package org.farwatch.api.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whose recordings are kept alike; which kind of device is of which class the database says ({@code V87}). */
public enum StorageClass {
    /** 监控、布控球: the bureau's own cameras. */
    CAMERA("camera"),
    /** 执法记录仪: what officers wear. */
    BODY_CAMERA("body-camera"),
    /** 车载终端、无人机. */
    MOBILE("mobile");

    /** 公共安全视频图像信息系统管理条例 (State Council order 799), art. 17: kept for at least so many days. */
    public static final int LEGAL_DAYS = 30;

    public static final int MOST_DAYS = 3_650;

    private final String label;

    StorageClass(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    public static StorageClass of(String label) {
        for (StorageClass each : values()) {
            if (each.label.equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException("must be one of camera, body-camera, mobile; was " + label);
    }
}
