/** MPEG transport streams (ISO/IEC 13818-1, 2.4). */
package org.farwatch.ingest.media.ts;
