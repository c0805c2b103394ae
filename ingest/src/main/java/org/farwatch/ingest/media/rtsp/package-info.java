/**
 * RTSP (RFC 2326, RFC 7826), its media inside the connection or as datagrams, for cameras that send H.264 or H.265: one
 * read of the socket for whatever has come, where libavformat asks the system several times for each packet. What it cannot serve is
 * left to libavformat.
 */
package org.farwatch.ingest.media.rtsp;
