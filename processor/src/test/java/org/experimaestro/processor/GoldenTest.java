package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A comparison of generated files with those in {@code src/test/resources/golden/<case>/expected}; the sources are
 * beside that folder. Run with {@code -Dgolden.update=true} to write them anew, and review the difference.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @ValueSource(strings = {"adam", "learn", "pair", "nested", "constructor", "kinds"})
    void process_source_writesExpectedFiles(String name) throws IOException {
        Compilation compilation = Sources.compile(sources(FOLDER.resolve(name)));
        assertThat(compilation.diagnostics()).isEmpty();
        Path expected = FOLDER.resolve(name).resolve("expected");
        Set<String> written = new TreeSet<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() != JavaFileObject.Kind.CLASS) {
                String fileName = fileName(file);
                written.add(fileName);
                compare(expected.resolve(fileName), text(file));
            }
        }
        assertThat(names(expected)).isEqualTo(written);
    }

    @Test
    void process_twice_writesTheSame() throws IOException {
        JavaFileObject[] sources = sources(FOLDER.resolve("kinds"));
        assertThat(generatedText(sources)).isEqualTo(generatedText(sources));
    }

    private static List<String> generatedText(JavaFileObject[] sources) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JavaFileObject file : Sources.compile(sources).generatedSourceFiles()) {
            texts.add(text(file));
        }
        return texts;
    }

    private static void compare(Path expected, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(expected.getParent());
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static JavaFileObject[] sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<JavaFileObject> sources = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                sources.add(JavaFileObjects.forResource(file.toUri().toURL()));
            }
            return sources.toArray(JavaFileObject[]::new);
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    private static String fileName(JavaFileObject file) {
        return file.getName().substring(file.getName().lastIndexOf('/') + 1);
    }

    private static String text(JavaFileObject file) throws IOException {
        try (Reader reader = file.openReader(true)) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }
}
