/**
 * Pictures and sound on their way in: what every video protocol hands on ({@link org.farwatch.ingest.media.MediaUnit}),
 * what it is made of, and the fragmented MP4 that is recorded and watched. {@code media.pull} fetches streams.
 */
package org.farwatch.ingest.media;
