/**
 * JT/T 809, between platforms, in its editions of 2011 and 2019. As the superior platform: {@link
 * org.farwatch.ingest.jt809.Jt809Server} listens, {@link org.farwatch.ingest.jt809.MainLink} lets a lower platform in,
 * {@link org.farwatch.ingest.jt809.VehicleMessages} stores what its vehicles report, {@link
 * org.farwatch.ingest.jt809.SlaveLink} connects back. As the subordinate: {@link org.farwatch.ingest.jt809.UpwardLink}
 * logs in at a city platform and sends what waits in an {@link org.farwatch.ingest.jt809.UpwardQueue}. {@link
 * org.farwatch.ingest.jt809.FrameReader} and {@link org.farwatch.ingest.jt809.FrameWriter} serve both.
 */
package org.farwatch.ingest.jt809;
