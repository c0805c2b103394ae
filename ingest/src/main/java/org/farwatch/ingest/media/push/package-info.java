/** Streams that a device sends once it is asked: what all protocols of that kind have in common. */
package org.farwatch.ingest.media.push;
