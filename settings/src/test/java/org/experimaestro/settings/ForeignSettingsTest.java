package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a plan that was compiled on the fly: in the unnamed package, hidden, and of another class loader. */
class ForeignSettingsTest {
    @TempDir
    Path folder;

    @Test
    void bind_hiddenRecordOfAnotherLoader_isMade() throws Exception {
        var files = new TempFiles(folder.toAbsolutePath());
        files.write("Experiment.java", """
                import java.util.List;
                import org.experimaestro.Default;

                class Experiment {
                    private record Settings(int epochs, List<Part> parts, @Default("[FAST]") List<Mode> modes) {
                        private enum Mode { SLOW, FAST { @Override public String toString() { return "quick"; } } }
                    }

                    private record Part(int size) {}
                }
                """);
        compile("Experiment.java");
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> settings = Class.forName("Experiment$Settings", true, loader);
            Object bound = files.debug("epochs: 16\nparts: [{size: 3}]").bind(settings);
            assertThat(bound).hasToString("Settings[epochs=16, parts=[Part[size=3]], modes=[quick]]");
        }
    }

    private void compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        var arguments = List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean isCompiled = compiler.getTask(
                            messages,
                            manager,
                            null,
                            arguments,
                            null,
                            manager.getJavaFileObjects(folder.resolve(source)))
                    .call();
            assertThat(isCompiled).as(messages.toString()).isTrue();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
