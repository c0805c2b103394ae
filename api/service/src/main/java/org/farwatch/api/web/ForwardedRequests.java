package org.farwatch.api.web;

import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Requests that come through a TLS proxy: client address, scheme and port are those of the proxy's client, so that
 * logs and throttles see who called and cookies are {@code Secure}. Only proxies that the settings name are believed;
 * without any, the headers change nothing. Of several addresses forwarded the last one that is no such proxy counts: what
 * stands before it, anybody can have written.
 *
 * <p>It stands before all else in Tomcat and is no servlet filter, because Tomcat itself makes the session cookie.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
class ForwardedRequests {
    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedRequestValve(HttpSettings settings) {
        return factory -> {
            if (settings.trustedProxies().isEmpty()) {
                return;
            }
            RemoteIpValve valve = new RemoteIpValve();
            valve.setInternalProxies(String.join(",", settings.trustedProxies()));
            valve.setPortHeader("X-Forwarded-Port");
            factory.addEngineValves(valve);
        };
    }
}
