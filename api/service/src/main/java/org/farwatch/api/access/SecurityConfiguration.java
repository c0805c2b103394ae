package org.farwatch.api.access;

import java.time.Clock;
import org.farwatch.api.web.Problems;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Everything is denied unless it is the console's own files, public by name, or marked with {@link Permit}. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(AccessSettings.class)
class SecurityConfiguration {
    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    @Bean
    CsrfTokenRepository csrfTokenRepository() {
        CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
        repository.setCookieName("farwatch-csrf");
        repository.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return repository;
    }

    /** Logins go through {@link Login}; this only keeps Boot from inventing a user of its own. */
    @Bean
    UserDetailsService noUserDetails() {
        return username -> {
            throw new UsernameNotFoundException("logins go through Login");
        };
    }

    /** Besides what the framework refuses, U+0000 in a parameter, which no text in the database may hold. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value == null || value.indexOf('\0') < 0);
        return firewall;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler(Problems problems) {
        return (request, response, _) -> problems.write(
                request, response, 400, "invalid request", "the address or a parameter holds characters it must not");
    }

    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            Login login,
            MetricsKey metrics,
            Callers callers,
            Problems problems,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrf,
            ContentPolicy contentPolicy,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        AccessProblems denied = new AccessProblems(problems);
        http.securityContext(context -> context.securityContextRepository(contexts))
                .requestCache(cache -> cache.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .csrf(config -> config.csrfTokenRepository(csrf)
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .ignoringRequestMatchers(HeaderLogin::needsNoCsrfToken))
                .addFilterAfter(new SessionCheck(callers), SecurityContextHolderFilter.class)
                .addFilterBefore(new HeaderLogin(login, metrics, problems), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/actuator/health")
                        .permitAll()
                        .requestMatchers(metrics::opens)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access(RoutePolicy.only(Role.ADMINISTRATOR))
                        // No controllers of ours: live connections, which name their roles themselves, and the
                        // description of the API.
                        .requestMatchers(
                                HttpMethod.GET,
                                "/api/v1/live",
                                "/api/v1/streams/*/live",
                                "/api/v1/streams/*/device-recordings/play",
                                "/api/v1/streams/*/talk",
                                "/api/v1/shouts/live",
                                "/api/v1/openapi",
                                "/api/v1/openapi.yaml")
                        .access(RoutePolicy.everyRole())
                        .requestMatchers("/api/**")
                        .access(new RoutePolicy(mapping))
                        .requestMatchers("/error")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, "/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(denied).accessDeniedHandler(denied))
                .headers(headers -> headers.contentSecurityPolicy(
                                config -> config.policyDirectives(contentPolicy.directives()))
                        .referrerPolicy(_ -> {}));
        return http.build();
    }

    @Bean
    ContentPolicy contentPolicy(Environment environment) {
        return ContentPolicy.forTiles(environment.getProperty("farwatch.map.tile-url"));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
