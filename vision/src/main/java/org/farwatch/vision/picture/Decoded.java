package org.farwatch.vision.picture;

/** What became of a coded picture. A decoder with pictures in disorder gives them later than they came. */
public sealed interface Decoded {
    /** Taken by the decoder, which gave so many pictures for it, 0 or more. */
    record Taken(int pictures) implements Decoded {}

    /** Not decoded: a key picture is awaited, or only key pictures are wanted. */
    record Skipped() implements Decoded {}

    /** Could not be decoded; the decoder goes on with the next key picture. */
    record Broken(String reason) implements Decoded {}
}
