/** Terminals over real sockets, many of them, with exact accounts of what they were told is stored. */
package org.farwatch.benchmarks.load;
