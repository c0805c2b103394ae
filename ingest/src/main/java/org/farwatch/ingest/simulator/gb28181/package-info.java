/** A simulated device of GB/T 28181: registers, has channels, sends pictures over RTP, reports alarms and positions. */
package org.farwatch.ingest.simulator.gb28181;
