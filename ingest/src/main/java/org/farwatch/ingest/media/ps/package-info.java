/** MPEG program streams (ISO/IEC 13818-1, 2.5), as GB/T 28181 devices push them. */
package org.farwatch.ingest.media.ps;
