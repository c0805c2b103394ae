package org.farwatch.api.org;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a device is; the label stands in database and API. */
public enum DeviceKind {
    VEHICLE_TERMINAL("vehicle-terminal"),
    BODY_CAMERA("body-camera"),
    CAMERA("camera"),
    PTZ_DOME("ptz-dome"),
    LOUDSPEAKER("loudspeaker"),
    COLLECTION_STATION("collection-station"),
    HANDSET("handset"),
    RADIO("radio"),
    DRONE("drone");

    private final String label;

    DeviceKind(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    public static DeviceKind of(String label) {
        for (DeviceKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind must be one of vehicle-terminal, body-camera, camera, ptz-dome,"
                + " loudspeaker, collection-station, handset, radio, drone; was " + label);
    }
}
