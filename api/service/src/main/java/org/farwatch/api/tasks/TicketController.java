package org.farwatch.api.tasks;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tickets}: 设备工单. */
@RestController
@RequestMapping("/api/v1/tickets")
class TicketController extends TaskRoutes {
    TicketController(Tasks tasks) {
        super(TaskLanes.TICKET, tasks);
    }
}
