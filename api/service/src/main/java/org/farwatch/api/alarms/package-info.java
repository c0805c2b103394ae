/** Alarms that devices report: when each was on, and which become alerts. */
package org.farwatch.api.alarms;
