/**
 * Reception of RTP (RFC 3550) that devices push, over UDP and TCP: ports, sources, order, and what the payload is. What
 * comes out goes into a {@link org.farwatch.ingest.media.push.Feed}.
 */
package org.farwatch.ingest.media.rtp;
