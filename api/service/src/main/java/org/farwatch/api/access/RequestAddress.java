package org.farwatch.api.access;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where the request being handled came from. */
final class RequestAddress {
    private RequestAddress() {}

    /** The remote address, null outside a request. */
    static String current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }
}
