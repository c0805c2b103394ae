/**
 * Streams: fetched, watched, recorded and played back. A {@link org.farwatch.api.video.StreamSession} owns what belongs
 * to one stream while it is fetched; the tables say what there is and what there was.
 */
package org.farwatch.api.video;
