/**
 * Recording: a stream becomes segment files of about a minute, each with a sidecar that says what it is and chains it to
 * the one before; each night a signed root is made over all of them. Files and sidecars are the truth; a database is their
 * index and may be away. Begin with {@link org.farwatch.ingest.record.Recorder},
 * {@link org.farwatch.ingest.record.Sidecar}, {@link org.farwatch.ingest.record.DayRoot} and
 * {@link org.farwatch.ingest.record.Verification}.
 */
package org.farwatch.ingest.record;
