/** Positions: stored before they are acknowledged, read back, shown live. */
package org.farwatch.api.telemetry;
