package org.farwatch.api.access;

import java.time.Clock;
import org.farwatch.api.web.Problems;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
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

    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            Login login,
            Problems problems,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrf,
            ContentPolicy contentPolicy,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        RoutePolicy policy = new RoutePolicy(mapping);
        http.securityContext(context -> context.securityContextRepository(contexts))
                .requestCache(cache -> cache.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .csrf(config -> config.csrfTokenRepository(csrf)
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .ignoringRequestMatchers(HeaderLogin::appliesTo))
                .addFilterBefore(new HeaderLogin(login, problems), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/actuator/health")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .access((authentication, _) ->
                                new org.springframework.security.authorization.AuthorizationDecision(
                                        authentication.get().getPrincipal() instanceof Caller caller
                                                && caller.is(Role.ADMINISTRATOR)))
                        .requestMatchers("/api/**")
                        .access(policy)
                        .requestMatchers("/error")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, _) ->
                                problems.write(request, response, 401, "not logged in", "log in or send credentials"))
                        .accessDeniedHandler((request, response, denied) -> {
                            if (anonymous()) {
                                problems.write(request, response, 401, "not logged in", "log in or send credentials");
                            } else {
                                problems.write(request, response, 403, "not permitted", denied.getMessage());
                            }
                        }))
                .headers(headers -> headers.contentSecurityPolicy(
                                config -> config.policyDirectives(contentPolicy.directives()))
                        .referrerPolicy(_ -> {}));
        return http.build();
    }

    private static boolean anonymous() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null || authentication instanceof AnonymousAuthenticationToken;
    }

    @Bean
    ContentPolicy contentPolicy(org.springframework.core.env.Environment environment) {
        return ContentPolicy.forTiles(environment.getProperty("farwatch.map.tile-url"));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
