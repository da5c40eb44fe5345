package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users import is documented: every public type and member, with its parameters, results and type variables. */
class JavadocTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"api", "requirement", "spi"})
    void publicMembers_ofWhatOthersWriteAgainst_areDocumented(String room) throws IOException {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(Page.ROOT.resolve(room).resolve("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(problems(files, files.getJavaFileObjectsFromPaths(java))).isEmpty();
        }
    }

    @Test
    void problems_undocumentedMember_namesIt() throws IOException {
        var source = new SimpleJavaFileObject(URI.create("string:///Bare.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "/** A class. */ public final class Bare { private Bare() {} public static int x() { return 1; } }";
            }
        };
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            assertThat(problems(files, List.of(source)))
                    .singleElement()
                    .asString()
                    .contains("Bare.java", "no comment");
        }
    }

    private List<String> problems(StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources) {
        var found = new DiagnosticCollector<JavaFileObject>();
        List<String> options = List.of(
                "-Xdoclint:missing/protected",
                "-Xlint:none",
                "-Xmaxwarns",
                "10000",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        boolean compiled =
                COMPILER.getTask(null, files, found, options, null, sources).call();
        List<String> problems = new ArrayList<>();
        found.getDiagnostics()
                .forEach(each -> problems.add(
                        (each.getSource() == null ? "" : each.getSource().getName() + ":" + each.getLineNumber() + ": ")
                                + each.getMessage(Locale.ENGLISH)));
        assertThat(compiled).as(problems.toString()).isTrue();
        return problems;
    }
}
