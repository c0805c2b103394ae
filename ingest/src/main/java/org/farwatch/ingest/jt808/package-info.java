/**
 * JT/T 808, the protocol of vehicle terminals, in its layouts of 2011, 2013 and 2019. Reading order: {@link
 * org.farwatch.ingest.jt808.FrameReader} makes {@link org.farwatch.ingest.jt808.Frame frames} of bytes, {@link
 * org.farwatch.ingest.jt808.Connection} dispatches them, {@link org.farwatch.ingest.jt808.LocationBody} puts positions
 * into the columns of a batch, {@link org.farwatch.ingest.jt808.RowCollector} hands batches on and answers the
 * terminals once the rows are stored. {@link org.farwatch.ingest.jt808.Jt808Server} ties them to a port.
 */
package org.farwatch.ingest.jt808;
