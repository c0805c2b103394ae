/** Sound on its way out: to the loudspeaker of a camera, a vehicle or an officer. */
package org.farwatch.ingest.media.voice;
