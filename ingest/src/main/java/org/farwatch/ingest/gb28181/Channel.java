package org.farwatch.ingest.gb28181;

/**
 * An item of a catalogue: a camera, or what groups cameras. Texts are empty where the device says nothing.
 *
 * @param code as the device has it, usually 20 digits; unique within the device only
 * @param parent code of what it belongs to; of several, {@code a/b}
 * @param group BusinessGroupID
 * @param region CivilCode
 * @param leaf it says that it has no children
 * @param online null where it does not say
 * @param ptz 0 unknown, 1 dome, 2 half dome, 3 fixed, 4 fixed with remote control
 * @param streams how many qualities it can be had in (StreamNumberList of GB/T 28181-2022), 0 where it does not say
 * @param longitude degrees, WGS-84, null where it does not say
 * @param event of a notified change: ON, OFF, VLOST, DEFECT, ADD, DEL, UPDATE
 */
public record Channel(
        String code,
        String name,
        String manufacturer,
        String model,
        String address,
        String parent,
        String group,
        String region,
        boolean leaf,
        Boolean online,
        int ptz,
        int streams,
        Double longitude,
        Double latitude,
        String event) {

    public DeviceCode.Kind kind() {
        return DeviceCode.kindOf(code, leaf);
    }
}
