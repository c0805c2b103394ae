/** Elementary streams as MPEG systems and RTP carry them: access units of H.264 and H.265, and frames of sound. */
package org.farwatch.ingest.media.elementary;
