/** Which days are worked, and terms counted in them. */
package org.farwatch.api.calendar;
