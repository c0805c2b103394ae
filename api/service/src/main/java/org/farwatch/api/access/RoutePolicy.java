package org.farwatch.api.access;

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
    private static final AuthorizationDecision DENIED = new AuthorizationDecision(false);

    private final RequestMappingHandlerMapping mapping;

    RoutePolicy(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
        Permit permit = permit(context.getRequest());
        if (permit == null) {
            // No such route: those who are logged in learn so from a 404, others only that they must log in.
            return caller(authentication.get()) == null ? DENIED : unmapped(context.getRequest());
        }
        if (permit.everybody()) {
            return GRANTED;
        }
        Caller caller = caller(authentication.get());
        return caller != null && allows(permit, caller) ? GRANTED : DENIED;
    }

    /** Whether a caller may use what is marked so; also used for live topics. */
    static boolean allows(Permit permit, Caller caller) {
        if (permit.everybody() || permit.everyRole()) {
            return true;
        }
        for (Role role : permit.value()) {
            if (caller.is(role)) {
                return true;
            }
        }
        return false;
    }

    private AuthorizationDecision unmapped(HttpServletRequest request) {
        return handler(request) == null ? GRANTED : DENIED;
    }

    private Permit permit(HttpServletRequest request) {
        HandlerMethod method = handler(request);
        return method == null ? null : method.getMethodAnnotation(Permit.class);
    }

    private HandlerMethod handler(HttpServletRequest request) {
        try {
            HandlerExecutionChain chain = mapping.getHandler(request);
            return chain != null && chain.getHandler() instanceof HandlerMethod method ? method : null;
        } catch (Exception e) {
            // Wrong method, media type or parameter: there is no handler to allow; the dispatcher answers 4xx itself.
            return null;
        }
    }

    private static Caller caller(Authentication authentication) {
        return authentication != null
                        && authentication.isAuthenticated()
                        && authentication.getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }
}
