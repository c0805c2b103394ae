package org.farwatch.ingest.jt809;

/**
 * A vehicle as a city platform knows it.
 *
 * @param plateColour JT/T 415 or JT/T 697.7 code
 * @param terminalId of its terminal, empty when unknown, as are maker and model
 * @param phone of its terminal, digits, empty when it has none
 */
public record UpwardVehicle(
        int deviceNo,
        String plate,
        int plateColour,
        String manufacturer,
        String model,
        String terminalId,
        String phone) {}
