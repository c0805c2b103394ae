package org.farwatch.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void allOfUnicodeCanBeStoredButU0000AndHalves() {
        assertThat(Texts.storable("")).isTrue();
        assertThat(Texts.storable("督察 \t\n 𠮷野家 😀 \uffff")).isTrue();
        assertThat(Texts.storable("\0")).isFalse();
        assertThat(Texts.storable("a\ud842")).isFalse();
        assertThat(Texts.storable("\udfb7a")).isFalse();
        assertThat(Texts.storable("\udfb7\ud842")).isFalse();
    }
}
