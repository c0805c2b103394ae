package org.farwatch.api.jobs;

/** What a job does. */
@FunctionalInterface
public interface JobWork {
    /**
     * Runs on a thread of the jobs' own, outside any request and transaction.
     *
     * @param progress to be told of progress and asked, every now and then, whether to go on
     * @return what was made, written as JSON; null for nothing
     * @throws JobCancelled from {@link JobProgress#check}, to be let through
     * @throws Exception any other: the job has failed. The message of a {@link org.farwatch.api.web.Refusal} is shown to
     *     whoever started it, that of others is only logged
     */
    Object run(JobProgress progress) throws Exception;
}
