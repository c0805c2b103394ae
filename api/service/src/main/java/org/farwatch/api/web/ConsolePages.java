package org.farwatch.api.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The console routes in the browser: every path of plain words is its one page. */
@Configuration(proxyBeanMethods = false)
class ConsolePages implements WebMvcConfigurer {
    private static final String PAGE = "/{page:(?!api$|actuator$|assets$)[a-z-]+}";
    /** Ids may hold dots. */
    private static final String PART = "/{part:[A-Za-z0-9._-]+}";

    private static final String INDEX = "forward:/index.html";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName(INDEX);
        registry.addViewController(PAGE).setViewName(INDEX);
        registry.addViewController(PAGE + PART).setViewName(INDEX);
        registry.addViewController(PAGE + PART + "/{id:[A-Za-z0-9._-]+}").setViewName(INDEX);
    }
}
