package org.farwatch.api.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Turns whatever a controller throws into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal, HttpServletRequest request) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(refusal.status()), refusal.getMessage());
        problem.setTitle(refusal.title());
        refusal.extras().forEach(problem::setProperty);
        problem.setProperty("requestId", request.getRequestId());
        ResponseEntity.BodyBuilder response = ResponseEntity.status(refusal.status());
        if (refusal.extras().get("retryAfterSeconds") instanceof Long seconds) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        return response.body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(Exception failure, HttpServletRequest request) {
        LOG.error(
                "request {} {} {} failed",
                request.getRequestId(),
                request.getMethod(),
                request.getRequestURI(),
                failure);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatusCode.valueOf(500), "the service failed on this request; the log has its id");
        problem.setTitle("internal error");
        problem.setProperty("requestId", request.getRequestId());
        return ResponseEntity.internalServerError().body(problem);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Refusal.FieldError> errors = new ArrayList<>();
        invalid.getBindingResult()
                .getFieldErrors()
                .forEach(error -> errors.add(new Refusal.FieldError(error.getField(), error.getDefaultMessage())));
        return invalid(errors, invalid, headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        List<Refusal.FieldError> errors = new ArrayList<>();
        if (unreadable.getCause() instanceof DatabindException mapping) {
            StringBuilder field = new StringBuilder();
            for (JacksonException.Reference reference : mapping.getPath()) {
                if (reference.getPropertyName() != null) {
                    field.append(field.isEmpty() ? "" : ".").append(reference.getPropertyName());
                } else if (reference.getIndex() >= 0) {
                    field.append('[').append(reference.getIndex()).append(']');
                }
            }
            Throwable cause = mapping.getCause() instanceof IllegalArgumentException rule ? rule : mapping;
            String message =
                    cause instanceof JacksonException jackson ? jackson.getOriginalMessage() : cause.getMessage();
            errors.add(new Refusal.FieldError(field.isEmpty() ? "body" : field.toString(), message));
        } else {
            errors.add(new Refusal.FieldError("body", "is not the JSON this call expects"));
        }
        return invalid(errors, unreadable, headers, status, request);
    }

    private ResponseEntity<Object> invalid(
            List<Refusal.FieldError> errors,
            Exception cause,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        StringBuilder detail = new StringBuilder();
        errors.forEach(error -> detail.append(detail.isEmpty() ? "" : "; ")
                .append(error.field())
                .append(' ')
                .append(error.message()));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail.toString());
        problem.setTitle("invalid request");
        problem.setProperty("errors", errors);
        if (request instanceof ServletWebRequest servlet) {
            problem.setProperty("requestId", servlet.getRequest().getRequestId());
        }
        return handleExceptionInternal(cause, problem, headers, status, request);
    }
}
