package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.core.serial.SerialConfigs.config;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.core.serial.SerialConfigs.Adam;
import org.experimaestro.core.serial.SerialConfigs.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration is loaded by its type id, whatever the name of its class is today. */
class TypeLookupTest {
    private static final String ADAM = Adam.class.getName();

    @TempDir
    Path folder;

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();
    private Path file;

    @BeforeEach
    void save() {
        file = folder.resolve("saved.json");
        Config.save(config(Adam.class, "lr", 0.5), file);
    }

    @AfterEach
    void restore() {
        thread.setContextClassLoader(before);
    }

    @Test
    void load_classOfAnotherNameNow_isFoundByItsTypeId() throws IOException {
        rename("org.example.Former");
        note("a", ADAM);

        assertThat(Config.load(file, Adam.class).id())
                .isEqualTo(config(Adam.class, "lr", 0.5).id());
    }

    @Test
    void load_formerNameBelongsToAnotherType_isFoundByItsTypeId() throws IOException {
        for (Class<?> other : new Class<?>[] {Tree.class, String.class}) {
            save();
            rename(other.getName());
            note("a", ADAM);

            assertThat(Config.load(file, Adam.class).value().lr()).isEqualTo(0.5);
        }
    }

    @Test
    void load_typeIdOfSeveralClasses_namesThem() throws IOException {
        rename("org.example.Former");
        note("a", ADAM);
        note("b", Tree.class.getName());

        assertThatThrownBy(() -> Config.load(file, Adam.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        file + ": The type id serial.adam belongs to several classes of the class path: ")
                .hasMessageContainingAll(ADAM, Tree.class.getName(), "a/META-INF", "b/META-INF");
    }

    @Test
    void load_noteThatIsDamagedOrOutOfDate_isRefusedAndNamed() throws IOException {
        rename("org.example.Former");
        note("a", "org.example.Later");
        assertThatThrownBy(() -> Config.load(file, Adam.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(
                        "org.example.Former of configuration adam (serial.adam) is not on the class path");

        Files.writeString(folder.resolve("a/META-INF/experimaestro/types/serial.adam.json"), "{");
        assertThatThrownBy(() -> Config.load(file, Adam.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("The type id serial.adam cannot be looked up: ", "serial.adam.json");
    }

    @Test
    void load_typeIdThatIsNone_readsNoFile() throws IOException {
        rename("org.example.Former");
        Files.writeString(file, Files.readString(file).replace("\"serial.adam\"", "\"../../secret\""));
        note("a", ADAM);
        Files.writeString(folder.resolve("a/META-INF/secret.json"), "{\"class\": \"" + ADAM + "\"}");

        assertThatThrownBy(() -> Config.load(file, Adam.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "org.example.Former of configuration adam (../../secret) is not on the class path");
    }

    /** Names another class in the file, as if that had been the name of the class. */
    private void rename(String former) throws IOException {
        Files.writeString(file, Files.readString(file).replace(ADAM, former));
    }

    /** Adds a folder to the class path, with the note of the annotation processor that the type is of a class. */
    private void note(String name, String className) throws IOException {
        Path types = Files.createDirectories(folder.resolve(name).resolve("META-INF/experimaestro/types"));
        Files.writeString(types.resolve("serial.adam.json"), "{\"class\": \"" + className + "\"}");
        URL url = folder.resolve(name).toUri().toURL();
        thread.setContextClassLoader(new URLClassLoader(new URL[] {url}, thread.getContextClassLoader()));
    }
}
