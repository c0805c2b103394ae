package org.farwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.farwatch.api.RunningService;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The routes of a running service, found in its mappings and called over HTTP. */
final class RouteWalk {
    static final String JSON = "application/json";
    /** Where errors of the servlet container end; says nothing by itself. */
    private static final String ERROR = "/error";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final RunningService service;

    RouteWalk(RunningService service) {
        this.service = service;
    }

    /**
     * @param accept media type that the route makes
     * @param sends media type that it takes
     */
    record Route(String method, String path, String accept, String sends) {
        String key() {
            return method + " " + path;
        }

        /** Ids that nothing has: whoever is let in meets 4xx other than 401 and 403, and changes nothing. */
        String address() {
            return path.replace("/**", "/none").replaceAll("\\{[^}]+}", "0");
        }
    }

    /** All routes that the service has, one for each method and media type. */
    Set<Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        for (HandlerMapping each : service.bean(DispatcherServlet.class).getHandlerMappings()) {
            if (!(each instanceof RequestMappingInfoHandlerMapping mapping)) {
                continue;
            }
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                for (String path : info.getPatternValues()) {
                    if (path.equals(ERROR)) {
                        continue;
                    }
                    assertThat(info.getMethodsCondition().getMethods())
                            .as("a route names its methods: " + path)
                            .isNotEmpty();
                    for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                        Set<MediaType> made = info.getProducesCondition().getProducibleMediaTypes();
                        for (MediaType type : made.isEmpty() ? Set.of(MediaType.ALL) : made) {
                            Route route = new Route(
                                    method.name(),
                                    path,
                                    type.toString(),
                                    info.getConsumesCondition().getConsumableMediaTypes().stream()
                                            .findFirst()
                                            .map(MediaType::toString)
                                            .orElse(JSON));
                            routes.put(route.toString(), route);
                        }
                    }
                }
            }
        }
        return new LinkedHashSet<>(routes.values());
    }

    /** @param authorization null for nobody */
    HttpResponse<String> call(Route route, String authorization) throws IOException, InterruptedException {
        boolean hasBody = !route.method().equals("GET") && !route.method().equals("DELETE");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + route.address()))
                .header("Accept", route.accept())
                .method(
                        route.method(),
                        hasBody ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody());
        if (hasBody) {
            request.header("Content-Type", route.sends());
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String basic(People.Person person) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((person.username() + ":" + People.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    static boolean isRedirect(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 3;
    }

    static boolean isProblem(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
    }
}
