/**
 * Device protocols, one folder each. Outward they call only the interfaces of this package; they know neither a
 * database nor a web framework. A device's bytes become a {@link org.farwatch.geo.PositionBatch}, the batch goes to a
 * {@link org.farwatch.ingest.PositionSink}, and only its completion lets an acknowledgement out.
 */
package org.farwatch.ingest;
