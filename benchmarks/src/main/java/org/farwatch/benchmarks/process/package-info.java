/** Processes that are measured from outside, the whole service among them. */
package org.farwatch.benchmarks.process;
