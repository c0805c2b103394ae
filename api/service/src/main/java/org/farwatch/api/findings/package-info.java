/** Supervision leads (督察线索) and findings (督察问题): noticed, explained, decided by others, rectified, closed. */
package org.farwatch.api.findings;
