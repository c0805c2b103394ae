/** Inspections: whom a fair draw names to be looked at, and who looks. */
package org.farwatch.api.inspection;
