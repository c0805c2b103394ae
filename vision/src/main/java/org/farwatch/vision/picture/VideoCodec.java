package org.farwatch.vision.picture;

/** How a camera codes its pictures. */
public enum VideoCodec {
    /** ITU-T H.264, MPEG-4 AVC. */
    H264,
    /** ITU-T H.265, HEVC. */
    H265
}
