/** Long work: queued, run on a few threads, with progress, cancel and a result that outlive the request. */
package org.farwatch.api.jobs;
