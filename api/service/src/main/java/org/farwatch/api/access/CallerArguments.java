package org.farwatch.api.access;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives controllers the {@link Caller} and the {@link DataScope} as plain parameters, both reduced to the roles that the
 * route's {@link Permit} names, and widened by a task where it says so.
 */
@Configuration(proxyBeanMethods = false)
class CallerArguments implements WebMvcConfigurer {
    private final Assignments assignments;

    CallerArguments(Assignments assignments) {
        this.assignments = assignments;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Argument(assignments));
    }

    private record Argument(Assignments assignments) implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class || parameter.getParameterType() == DataScope.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest request,
                WebDataBinderFactory binders) {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            if (authentication == null || !(authentication.getPrincipal() instanceof Caller caller)) {
                throw new IllegalStateException("a route that is open to everybody asks for its caller");
            }
            Permit permit = parameter.getMethodAnnotation(Permit.class);
            Caller acting = permit == null || permit.everyRole() ? caller : caller.only(List.of(permit.value()));
            if (permit != null && permit.assigned()) {
                acting = assignments.widen(acting, Viewing.current());
            }
            return parameter.getParameterType() == Caller.class ? acting : acting.scope();
        }
    }
}
