package org.farwatch.api.access;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where the request being handled came from. */
final class RequestAddress {
    private RequestAddress() {}

    /** The client's address, behind a proxy that the settings name the one it forwards; null outside a request. */
    static String current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }
}
