/**
 * Recordings that body cameras made by themselves: brought by tus over HTTP ({@link org.farwatch.api.uploads.TusController})
 * or in a watched folder ({@link org.farwatch.api.uploads.WatchedFolders}), looked at and chained by {@link
 * org.farwatch.api.uploads.UploadDesk}; and what the cameras say of themselves meanwhile.
 */
package org.farwatch.api.uploads;
