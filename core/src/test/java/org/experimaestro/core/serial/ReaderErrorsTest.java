package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.core.serial.SerialConfigs.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.core.serial.SerialConfigs.Adam;
import org.experimaestro.core.serial.SerialConfigs.Color;
import org.experimaestro.core.serial.SerialConfigs.Learn;
import org.junit.jupiter.api.Test;

/** The errors of files that cannot be read: they name the file and the reason. */
class ReaderErrorsTest {
    private static final Path FILE = Path.of("/w/params.json");
    private static final String ADAM = "org.experimaestro.core.serial.SerialConfigs$Adam";
    private static final String GOOD = ConfigurationWriter.write(
            config(
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
                    Duration.ofMinutes(1)),
            null,
            null);

    @Test
    void read_goodText_isRead() {
        assertThat(read(GOOD)).isInstanceOf(Config.class);
    }

    @Test
    void read_newerFormat_isRefused() {
        assertRefused(
                "\"format\": 1",
                "\"format\": 2",
                "Cannot read configurations: /w/params.json: its format is 2, this version knows up to 1; "
                        + "update Experimaestro");
    }

    @Test
    void read_identifiersOfAnotherFormat_areRefused() {
        assertRefused(
                "\"identifierFormat\": 1",
                "\"identifierFormat\": 2",
                "Cannot read configurations: /w/params.json: its identifiers are of format 2, this version knows up to 1; "
                        + "update Experimaestro");
        assertRefused(
                "\"identifierFormat\": 1",
                "\"identifierFormat\": 0",
                "Cannot read configurations: /w/params.json: its identifiers are of format 0, which no version writes");
        assertThat(read(GOOD.replace("\"identifierFormat\": 1,", ""))).isInstanceOf(Config.class);
    }

    @Test
    void read_unknownParameter_isNamed() {
        assertRefused(
                "\"lr\": 0.5",
                "\"lr\": 0.5, \"beta\": 1",
                "The file sets the parameter beta, which serial.adam does not have;"
                        + " if a parameter had this name before, write @FormerName(\"beta\") at it");
    }

    @Test
    void read_missingParameter_isNamed() {
        assertRefused("\"epochs\": 16,", "", "The file has no value for the parameter epochs of serial.learn");
    }

    @Test
    void read_missingClass_isNamed() {
        assertRefused(
                ADAM,
                "org.example.Gone",
                "The class org.example.Gone of configuration adam (serial.adam) is not on the class path");
        assertRefused(
                ADAM,
                "java.lang.String",
                "The class java.lang.String of configuration adam (serial.adam) is no configuration type any longer");
    }

    @Test
    void read_classWithAnotherTypeId_isRefused() {
        assertRefused(
                "\"type\": \"serial.adam\"",
                "\"type\": \"serial.eve\"",
                "The file says that " + ADAM + " has the type id serial.eve, but the class has serial.adam;"
                        + " if it had that type id before, write @FormerType(\"serial.eve\") at the class");
    }

    @Test
    void read_wrongValues_areNamedWithTheFile() {
        assertRefused(
                "\"limit\": \"PT1M\"",
                "\"limit\": \"soon\"",
                "Parameter limit of serial.learn is soon, not a Duration");
        assertRefused(
                "\"color\": \"RED\"", "\"color\": \"BLUE\"", "Parameter color of serial.learn is BLUE, not a Color");
        assertRefused(
                "\"layers\": []", "\"layers\": \"none\"", "Parameter layers of serial.learn is none, not a List<Part>");
        assertRefused("\"epochs\": 16", "\"epochs\": null", "Parameter epochs of serial.learn is null, not a int");
        assertRefused(
                "\"epochs\": 16",
                "\"epochs\": \"many\"",
                "Parameter epochs of serial.learn is many (String), which is not exactly a value of type int");
        assertRefused(
                "\"epochs\": 16",
                "\"epochs\": 1.5",
                "Parameter epochs of serial.learn is 1.5 (Double), which is not exactly a value of type int");
    }

    @Test
    void read_valueThatTheConstructorRefuses_isNamedWithTheFile() {
        assertRefused("\"lr\": 0.5", "\"lr\": -1", "Cannot build serial.adam with lr = -1.0: lr must be positive");
    }

    @Test
    void read_unknownReference_isNamed() {
        assertRefused("\"@adam\"", "\"@eve\"", "The file refers to @eve, which is no configuration before it");
        assertRefused("\"@adam\"", "\"adam\"", "The file refers to adam, which is no configuration before it");
        assertRefused("\"value\": \"@learn\"", "\"value\": 3", "The file has 3 where a configuration is due");
    }

    @Test
    void read_relativePathWithoutWorkspace_isRefused() {
        assertRefused(
                "\"data\": \"/data\"",
                "\"data\": \"data\"",
                "The file has the relative path data but names no workspace that it starts from");
    }

    @Test
    void read_corruptJson_isRefusedWithThePlace() {
        for (String text : List.of("", "{", GOOD.substring(0, GOOD.length() / 2), "[]", "{\"format\": \"1\"}")) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(FILE + ": Cannot read configurations: ");
        }
        assertThatThrownBy(() -> read("{")).hasMessageContaining("line 1, column 2");
        assertRefused(
                "\"type\": \"serial.adam\"",
                "\"type\": 1",
                "Cannot read configurations: " + FILE + ": \"configurations.adam.type\" should be a string but is 1");
    }

    private static Object read(String text) {
        return ConfigurationReader.read(
                text.getBytes(StandardCharsets.UTF_8), FILE, ReaderErrorsTest.class.getClassLoader());
    }

    private static void assertRefused(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> read(GOOD.replace(from, to)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(FILE + ": " + message);
    }
}
