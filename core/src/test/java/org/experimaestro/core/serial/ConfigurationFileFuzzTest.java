package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.core.serial.SerialConfigs.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.core.serial.SerialConfigs.Adam;
import org.experimaestro.core.serial.SerialConfigs.Color;
import org.experimaestro.core.serial.SerialConfigs.Learn;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileFuzzTest {
    private static final Path FILE = Path.of("/w/params.json");
    private static final Config<?> LEARN = config(
            Learn.class,
            "optimizer",
            config(Adam.class, "lr", 0.5),
            "layers",
            List.of(),
            "epochs",
            16,
            "data",
            Path.of("/data"),
            "color",
            Color.RED,
            "limit",
            Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    @Test
    void read_anyFile_isReadOrRefused() {
        fuzz("parameters")
                .naming(FILE.toString())
                .bytes(bytes -> assertThat(ConfigurationReader.readParameters(
                                bytes, FILE, getClass().getClassLoader()))
                        .isNotNull());
    }

    @Test
    void read_anyFileAsThatOfAnotherTask_isReadOrRefused() {
        Path file = folder.resolve("params.json");
        Config<?> today = Config.builder(StoredTaskTest.After.class).build();
        ConfigNode<?> node = (ConfigNode<?>) Node.of(today);
        fuzz("stored-parameters").naming(file.toString()).bytes(bytes -> {
            Files.write(file, bytes);
            StoredTask stored = StoredTask.read(file);
            assertThat(stored.changedValues(node)).isNotNull();
            assertThat(stored.changedDefaults(node.types())).isNotNull();
        });
    }

    private static Fuzz fuzz(String name) {
        return Fuzz.of(name)
                .seeds(ConfigurationWriter.write(LEARN, null, null))
                .seeds(ConfigurationWriter.write(
                        Config.builder(StoredTaskTest.Before.class).build(), null, null))
                .words("\"@adam\"", "\"@learn\"", "\"configurations\": {", "\"parameters\": {", "\"lr\": ", "\"NaN\"")
                .words(
                        "\"producer\": \"a/0123456789abcdef0123456789abcdef\",",
                        "\"tags\": {\"a\": 1},",
                        "\"tagsStay\": true,")
                .words("\"workspace\": \"..\",", "PT5M", "U+D800", "[[I", Adam.class.getName(), "java.lang.String")
                .refusedBy(ConfigException.class);
    }
}
