package org.farwatch.api.tasks;

import org.farwatch.api.access.Caller;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.Lane;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lanes that a squad settles. */
@Configuration(proxyBeanMethods = false)
class TaskLanes {
    /** 处置任务: the street is to be settled. */
    static final String TASK = "task";
    /** 设备工单: a device is to be put right. */
    static final String TICKET = "ticket";

    @Bean
    Lane taskLane(Tasks tasks) {
        return new SettledBySquad(TASK, tasks);
    }

    @Bean
    Lane ticketLane(Tasks tasks) {
        return new SettledBySquad(TICKET, tasks);
    }

    private record SettledBySquad(String label, Tasks tasks) implements Lane {
        @Override
        public void open(Alert alert, Wanted wanted, Caller caller) {
            tasks.open(label, alert, wanted, caller);
        }
    }
}
