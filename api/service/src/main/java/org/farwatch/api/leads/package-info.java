/** Alerts: raised here and nowhere else, decided by a person, never forgotten. */
package org.farwatch.api.leads;
