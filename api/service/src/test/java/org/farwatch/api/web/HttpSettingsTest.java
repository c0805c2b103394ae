package org.farwatch.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    @Test
    void proxiesAreAddressesOrNetworksAndKeptAsNetworks() {
        assertThat(new HttpSettings(null).trustedProxies()).isEmpty();
        assertThat(new HttpSettings(List.of("10.0.0.5", " 10.1.0.0/16", "::1", "fd00::/8")).trustedProxies())
                .containsExactly("10.0.0.5/32", "10.1.0.0/16", "0:0:0:0:0:0:0:1/128", "fd00:0:0:0:0:0:0:0/8");
    }

    @Test
    void whatIsNoneOrWouldTrustEverybodyStopsTheStartNamingTheSetting() {
        for (String wrong : List.of("", "proxy.example", "10.0.0.5/", "10.0.0.5/33", "0.0.0.0/0", "fd00::/129", "*")) {
            assertThatThrownBy(() -> new HttpSettings(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("farwatch.http.trusted-proxies must hold")
                    .hasMessageEndingWith("was " + wrong);
        }
    }
}
