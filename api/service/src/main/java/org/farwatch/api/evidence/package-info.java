/** Files that prove something: kept by the hash of their content, never changed, found again or reported missing. */
package org.farwatch.api.evidence;
