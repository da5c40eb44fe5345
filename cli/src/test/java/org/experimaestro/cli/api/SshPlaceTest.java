package org.experimaestro.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshPlaceTest {
    @Test
    void parse_hostAndPath_areSplitAtTheFirstColon() {
        assertThat(SshPlace.parse("anna@cluster:/data/a:b")).contains(new SshPlace("anna@cluster", "/data/a:b"));
        assertThat(SshPlace.parse("cluster:~/work").map(SshPlace::toString)).contains("cluster:~/work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "cluster", "cluster:", ":/work", "a:b\nc"})
    void parse_anythingElse_isNoPlace(String text) {
        assertThat(SshPlace.parse(text)).isEqualTo(Optional.empty());
    }
}
