package org.farwatch.ingest.simulator.gb28181;

import org.farwatch.ingest.gb28181.Body;

/**
 * An item of a simulated device's catalogue; texts may be empty and are left out then.
 *
 * @param parent ParentID; several with {@code /} between
 * @param group BusinessGroupID
 * @param region CivilCode
 * @param longitude degrees, WGS-84; {@code latitude} likewise
 * @param ptz 0 of what is no camera, 1 dome, 2 half dome, 3 fixed, 4 fixed with remote control
 */
public record CatalogueItem(
        String code,
        String name,
        String parent,
        String group,
        String region,
        double longitude,
        double latitude,
        int ptz) {
    private static final double LONGITUDE = 121.4;
    private static final double LATITUDE = 31.2;
    private static final int DOME = 1;

    /** A dome somewhere. */
    public CatalogueItem(String code, String name, String parent, String group, String region) {
        this(code, name, parent, group, region, LONGITUDE, LATITUDE, DOME);
    }

    /** A camera directly below its device. */
    static CatalogueItem camera(String device, String code) {
        return new CatalogueItem(code, "摄像机 " + code.substring(code.length() - 4), device, "", code.substring(0, 6));
    }

    void write(Body body) {
        body.open("Item", -1).element("DeviceID", code).element("Name", name).element("Manufacturer", "Farwatch");
        element(body, "CivilCode", region);
        body.element("Parental", hasChildren() ? "1" : "0");
        element(body, "ParentID", parent);
        body.element("Status", "ON")
                .element("Longitude", Double.toString(longitude))
                .element("Latitude", Double.toString(latitude))
                .open("Info", -1);
        element(body, "PTZType", ptz == 0 ? "" : Integer.toString(ptz));
        element(body, "BusinessGroupID", group);
        body.close().close();
    }

    /** Regions, groups and network recorders (118). */
    private boolean hasChildren() {
        return code.length() < 20 || code.startsWith("21", 10) || code.startsWith("118", 10);
    }

    private static void element(Body body, String name, String value) {
        if (!value.isEmpty()) {
            body.element(name, value);
        }
    }
}
