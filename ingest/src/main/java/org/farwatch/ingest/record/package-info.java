/**
 * Recording: a stream becomes segment files of about a minute, each with a sidecar that says what it is and chains it to
 * the one before. Files and sidecars are the truth; a database is their index and may be away. Begin with
 * {@link org.farwatch.ingest.record.Recorder}, {@link org.farwatch.ingest.record.Sidecar} and
 * {@link org.farwatch.ingest.record.Verification}.
 */
package org.farwatch.ingest.record;
