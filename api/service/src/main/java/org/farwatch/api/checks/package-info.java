/** Inspection tasks (督察任务): a check by a list, on screen or on site, of a squad that a draw named or somebody chose. */
package org.farwatch.api.checks;
