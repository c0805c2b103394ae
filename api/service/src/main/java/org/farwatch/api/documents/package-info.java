/** Documents (督察文书): templates filled, numbered without gaps, kept as evidence, served and answered. */
package org.farwatch.api.documents;
