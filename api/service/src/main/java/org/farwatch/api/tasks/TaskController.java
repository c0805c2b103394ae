package org.farwatch.api.tasks;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tasks}: 处置任务. */
@RestController
@RequestMapping("/api/v1/tasks")
class TaskController extends TaskRoutes {
    TaskController(Tasks tasks) {
        super(TaskLanes.TASK, tasks);
    }
}
