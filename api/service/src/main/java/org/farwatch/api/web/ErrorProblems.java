package org.farwatch.api.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the servlet container itself refuses, as a problem detail like all other errors. */
@Controller
class ErrorProblems implements ErrorController {
    private final Problems problems;

    ErrorProblems(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpStatus told = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : null;
        HttpStatus status = told == null ? HttpStatus.NOT_FOUND : told;
        problems.write(
                request,
                response,
                status.value(),
                status.getReasonPhrase(),
                status.is5xxServerError()
                        ? "the service failed on this request; the log has its id"
                        : "the request could not be understood");
    }
}
