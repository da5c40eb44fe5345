package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyNamesTest {
    @ParameterizedTest
    @CsvSource({
        "epochs, epochs",
        "nLayers, n_layers",
        "n_layers, n_layers",
        "learningRate2, learning_rate2",
        "layer2Size, layer2_size",
        "useGPU, use_gpu",
        "URLPath, url_path",
        "aB, a_b",
        "x, x",
        "workDir, work_dir"
    })
    void keyOf_component_isSnakeCase(String component, String key) {
        assertThat(KeyNames.keyOf(component)).isEqualTo(key);
    }
}
