package org.farwatch.api.jt1078;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of media links. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Jt1078Properties.class)
class Jt1078Configuration {}
