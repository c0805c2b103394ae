package org.farwatch.api.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Denies every route of the API unless its method is marked with {@link Permit} and the caller holds a named role. */
final class RoutePolicy implements AuthorizationManager<RequestAuthorizationContext> {
    private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);

    private final RequestMappingHandlerMapping mapping;

    /** Why a request is denied; what the caller is told depends on it. */
    enum Denial implements AuthorizationResult {
        /** Nobody is logged in. */
        STRANGER,
        /** None of the caller's roles may. */
        ROLE,
        /** The caller must change his password first. */
        PASSWORD_CHANGE,
        /** There is nothing at this address. */
        NO_SUCH_ROUTE;

        @Override
        public boolean isGranted() {
            return false;
        }
    }

    /** What stands at an address of the API. */
    private sealed interface Found {
        record Route(HandlerMethod method) implements Found {}

        /** A route, but not for this method or media type: the dispatcher answers with the right 4xx itself. */
        record Mismatch() implements Found {}

        record Nothing() implements Found {}
    }

    RoutePolicy(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
        Caller caller = caller(authentication.get());
        return switch (find(context.getRequest())) {
            case Found.Route(HandlerMethod method) -> decide(method.getMethodAnnotation(Permit.class), caller);
            case Found.Mismatch() -> loggedIn(caller);
            case Found.Nothing() -> {
                AuthorizationResult result = loggedIn(caller);
                yield result.isGranted() ? Denial.NO_SUCH_ROUTE : result;
            }
        };
    }

    /** For what any role may use, such as the live connection, whose topics name their roles themselves. */
    static AuthorizationManager<RequestAuthorizationContext> everyRole() {
        return (authentication, _) -> loggedIn(caller(authentication.get()));
    }

    /** For what is no controller's, such as the actuator. */
    static AuthorizationManager<RequestAuthorizationContext> only(Role role) {
        return (authentication, _) -> {
            Caller caller = caller(authentication.get());
            AuthorizationResult result = loggedIn(caller);
            return result.isGranted() && !caller.is(role) ? Denial.ROLE : result;
        };
    }

    static Caller caller(Authentication authentication) {
        return authentication != null
                        && authentication.isAuthenticated()
                        && authentication.getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    /**
     * @param permit null for a route that names nobody
     * @param caller null when nobody is logged in
     */
    static AuthorizationResult decide(Permit permit, Caller caller) {
        if (permit != null && permit.everybody()) {
            return GRANTED;
        }
        if (caller == null) {
            return Denial.STRANGER;
        }
        if (permit == null) {
            return Denial.ROLE;
        }
        if (caller.mustChangePassword() && !permit.beforePasswordChange()) {
            return Denial.PASSWORD_CHANGE;
        }
        if (permit.everyRole()) {
            return GRANTED;
        }
        for (Role role : permit.value()) {
            if (caller.is(role)) {
                return GRANTED;
            }
        }
        return Denial.ROLE;
    }

    private static AuthorizationResult loggedIn(Caller caller) {
        if (caller == null) {
            return Denial.STRANGER;
        }
        return caller.mustChangePassword() ? Denial.PASSWORD_CHANGE : GRANTED;
    }

    private Found find(HttpServletRequest request) {
        try {
            HandlerExecutionChain chain = mapping.getHandler(request);
            if (chain == null) {
                return new Found.Nothing();
            }
            return chain.getHandler() instanceof HandlerMethod method ? new Found.Route(method) : new Found.Nothing();
        } catch (ServletException e) {
            return new Found.Mismatch();
        } catch (Exception e) {
            throw new IllegalStateException("the routes cannot be looked up", e);
        }
    }
}
