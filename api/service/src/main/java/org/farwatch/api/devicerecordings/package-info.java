/** What devices recorded themselves: what there is, watching it, and fetching it into the stream's own recording. */
package org.farwatch.api.devicerecordings;
