/** Tasks and device tickets: what a squad is asked to settle after somebody confirmed an alert, with its clocks. */
package org.farwatch.api.tasks;
