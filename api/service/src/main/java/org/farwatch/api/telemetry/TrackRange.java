package org.farwatch.api.telemetry;

import java.time.Instant;
import org.farwatch.api.org.RegisteredDevice;

/** A device that the caller may see and the time {@code [from, to)} that he asks for. */
record TrackRange(RegisteredDevice device, Instant from, Instant to) {}
