package org.farwatch.api.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Turns whatever a controller throws into problem details: field, value and rule, never our classes. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String INVALID = "invalid request";

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
        ProblemDetail problem =
                problem(HttpStatusCode.valueOf(refusal.status()), refusal.title(), refusal.getMessage());
        refusal.extras().forEach(problem::setProperty);
        HttpHeaders headers = new HttpHeaders();
        if (refusal.extras().get("retryAfterSeconds") instanceof Long seconds) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (refusal.status() == HttpStatus.UNAUTHORIZED.value()) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, Problems.CHALLENGE);
        }
        return createResponseEntity(problem, headers, HttpStatusCode.valueOf(refusal.status()), request);
    }

    /** The database is away or all its connections are busy: another try may succeed. */
    @ExceptionHandler({CannotCreateTransactionException.class, CannotGetJdbcConnectionException.class})
    ResponseEntity<Object> noConnection(Exception failure, WebRequest request) {
        LOG.warn("request {} found no database connection: {}", id(request), failure.getMessage());
        ProblemDetail problem =
                problem(HttpStatus.SERVICE_UNAVAILABLE, "database away", "the database does not answer; try again");
        return createResponseEntity(problem, new HttpHeaders(), HttpStatus.SERVICE_UNAVAILABLE, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception failure, HttpServletRequest failed, WebRequest request) {
        LOG.error(
                "request {} {} {} failed", failed.getRequestId(), failed.getMethod(), failed.getRequestURI(), failure);
        ProblemDetail problem = problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal error",
                "the service failed on this request; the log has its id");
        return createResponseEntity(problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyLimit.BodyTooLarge large, WebRequest request) {
        ProblemDetail problem = problem(HttpStatus.CONTENT_TOO_LARGE, "body too large", large.getMessage());
        return createResponseEntity(problem, new HttpHeaders(), HttpStatus.CONTENT_TOO_LARGE, request);
    }

    @Override
    protected ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException large, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = problem(HttpStatus.CONTENT_TOO_LARGE, "body too large", "the file is too large");
        return createResponseEntity(problem, headers, HttpStatus.CONTENT_TOO_LARGE, request);
    }

    /** A parameter holds what none may; the firewall notices when it is read. */
    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException rejected, WebRequest request) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, INVALID, "a parameter holds characters it must not");
        return createResponseEntity(problem, new HttpHeaders(), HttpStatus.BAD_REQUEST, request);
    }

    /** The parts cannot be told apart, or there are none. */
    @ExceptionHandler
    ResponseEntity<Object> notMultipart(MultipartException broken, WebRequest request) {
        ProblemDetail problem = problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported media type", "send the file as multipart/form-data");
        return createResponseEntity(problem, new HttpHeaders(), HttpStatus.UNSUPPORTED_MEDIA_TYPE, request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(
                invalid.getBindingResult().getFieldErrors().stream()
                        .map(error -> new Refusal.FieldError(error.getField(), error.getDefaultMessage()))
                        .toList(),
                headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Refusal.FieldError> errors = new ArrayList<>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            if (result instanceof ParameterErrors body) {
                body.getFieldErrors()
                        .forEach(error ->
                                errors.add(new Refusal.FieldError(error.getField(), error.getDefaultMessage())));
            } else {
                String name =
                        Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "parameter");
                for (MessageSourceResolvable error : result.getResolvableErrors()) {
                    errors.add(new Refusal.FieldError(name, error.getDefaultMessage()));
                }
            }
        }
        return invalid(errors, headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : Objects.requireNonNullElse(mismatch.getPropertyName(), "parameter");
        String rule = null;
        for (Throwable cause = mismatch.getCause(); cause != null && rule == null; cause = cause.getCause()) {
            rule = JsonFault.rule(cause);
        }
        return invalid(
                List.of(new Refusal.FieldError(
                        name,
                        rule != null
                                ? rule
                                : JsonFault.expected(mismatch.getRequiredType()) + ", was "
                                        + JsonFault.shortened(mismatch.getValue()))),
                headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return invalid(List.of(new Refusal.FieldError(missing.getParameterName(), "must be given")), headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestPart(
            MissingServletRequestPartException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return invalid(
                List.of(new Refusal.FieldError(missing.getRequestPartName(), "must be given")), headers, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.BodyTooLarge large) {
                return tooLarge(large, request);
            }
        }
        return invalid(
                List.of(
                        unreadable.getCause() instanceof JacksonException fault
                                ? JsonFault.of(fault)
                                : new Refusal.FieldError("body", "must be given")),
                headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException none, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = problem(status, "not found", "there is nothing at this address");
        return createResponseEntity(problem, headers, status, request);
    }

    /** The one place that all answers pass: each tells the request's id. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            problem.setProperty("requestId", id(request));
        }
        return new ResponseEntity<>(body, headers, status);
    }

    private ResponseEntity<Object> invalid(List<Refusal.FieldError> errors, HttpHeaders headers, WebRequest request) {
        StringBuilder detail = new StringBuilder();
        errors.forEach(error -> detail.append(detail.isEmpty() ? "" : "; ")
                .append(error.field())
                .append(' ')
                .append(error.message()));
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, INVALID, detail.toString());
        problem.setProperty("errors", errors);
        return createResponseEntity(problem, headers, HttpStatus.BAD_REQUEST, request);
    }

    private static ProblemDetail problem(HttpStatusCode status, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem;
    }

    private static String id(WebRequest request) {
        return request instanceof ServletWebRequest servlet
                ? servlet.getRequest().getRequestId()
                : null;
    }
}
