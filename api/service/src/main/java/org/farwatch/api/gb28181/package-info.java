/** Devices and platforms of GB/T 28181: registration, catalogue, streams, alarms, and moving their cameras. */
package org.farwatch.api.gb28181;
