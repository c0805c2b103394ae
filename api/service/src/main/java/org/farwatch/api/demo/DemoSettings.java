package org.farwatch.api.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.demo.*}.
 *
 * @param decideAfter how long a lead of the demonstration is left to a visitor before its operator decides on it
 */
@ConfigurationProperties("farwatch.demo")
record DemoSettings(@DefaultValue("4m") Duration decideAfter) {}
