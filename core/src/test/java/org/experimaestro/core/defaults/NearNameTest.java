package org.experimaestro.core.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNameTest {

    @Test
    void find_misspelled_isTheNearest() {
        assertThat(NearName.find("n_layer", List.of("epochs", "n_layers"))).hasValue("n_layers");
        assertThat(NearName.find("RELU", List.of("relu", "gelu"))).hasValue("relu");
        assertThat(NearName.find("eopchs", List.of("epochs"))).hasValue("epochs");
    }

    @Test
    void find_nothingNear_isEmpty() {
        assertThat(NearName.find("optimizer", List.of("model", "data"))).isEmpty();
        assertThat(NearName.find("x", List.of())).isEmpty();
    }
}
