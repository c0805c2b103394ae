/** 督察指标: what is owed in each period, counted from inspections, tasks and findings as they are now. */
package org.farwatch.api.quotas;
