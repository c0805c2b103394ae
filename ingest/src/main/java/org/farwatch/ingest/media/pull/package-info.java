/** Streams that are fetched: RTSP, RTMP, HTTP and files, through libavformat, each on a platform thread of its own. */
package org.farwatch.ingest.media.pull;
