/** 记录核查报告: what was to be recorded in a period, what was, why not the rest, and what proves it. */
package org.farwatch.api.reports;
