/** What proves beyond the recordings: the chains of the logs, what the house hashes and signs with, roots that leave it. */
package org.farwatch.api.proof;
