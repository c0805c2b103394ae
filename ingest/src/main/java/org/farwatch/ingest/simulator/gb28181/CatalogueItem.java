package org.farwatch.ingest.simulator.gb28181;

import org.farwatch.ingest.gb28181.Body;

/**
 * An item of a simulated device's catalogue; texts may be empty and are left out then.
 *
 * @param parent ParentID; several with {@code /} between
 * @param group BusinessGroupID
 * @param region CivilCode
 */
public record CatalogueItem(String code, String name, String parent, String group, String region) {
    /** A camera directly below its device. */
    static CatalogueItem camera(String device, String code) {
        return new CatalogueItem(code, "摄像机 " + code.substring(code.length() - 4), device, "", code.substring(0, 6));
    }

    void write(Body body) {
        body.open("Item", -1).element("DeviceID", code).element("Name", name).element("Manufacturer", "Farwatch");
        element(body, "CivilCode", region);
        body.element("Parental", code.length() < 20 || code.startsWith("21", 10) ? "1" : "0");
        element(body, "ParentID", parent);
        body.element("Status", "ON")
                .element("Longitude", "121.4")
                .element("Latitude", "31.2")
                .open("Info", -1)
                .element("PTZType", "1");
        element(body, "BusinessGroupID", group);
        body.close().close();
    }

    private static void element(Body body, String name, String value) {
        if (!value.isEmpty()) {
            body.element(name, value);
        }
    }
}
