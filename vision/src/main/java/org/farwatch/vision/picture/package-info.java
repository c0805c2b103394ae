/** Pictures: from coded to decoded, and back to a JPEG for evidence. */
package org.farwatch.vision.picture;
