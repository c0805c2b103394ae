package org.farwatch.api.jobs;

import org.farwatch.api.access.AuditLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** The jobs of this process. */
@Configuration(proxyBeanMethods = false)
class JobsConfiguration {
    /** Long work is mostly the database's; more at a time would take it from those who watch. */
    private static final int THREADS = 2;

    private static final int WAITING = 100;
    private static final long TIDY_MILLIS = 86_400_000;
    private static final long FIRST_TIDY_MILLIS = 60_000;

    private final ObjectProvider<Jobs> jobs;

    JobsConfiguration(ObjectProvider<Jobs> jobs) {
        this.jobs = jobs;
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Jobs jobs(JobTable table, AuditLog audit) {
        return new Jobs(table, audit, THREADS, WAITING);
    }

    @Scheduled(initialDelay = FIRST_TIDY_MILLIS, fixedDelay = TIDY_MILLIS)
    void tidy() {
        jobs.getObject().tidy();
    }
}
