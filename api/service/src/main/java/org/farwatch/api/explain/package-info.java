/** What captured bytes mean, for support staff. */
package org.farwatch.api.explain;
