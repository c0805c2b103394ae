/** Thresholds that an administrator may change while the service runs, each with its unit, range and default. */
package org.farwatch.api.rules;
