package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** A compiler of tiny sources with the processor. */
final class Sources {
    /** The mark before the place of an error in a source. */
    static final String MARK = "§";

    /** The beginning of most sources. */
    static final String HEADER = """
            package p;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            import org.experimaestro.*;
            interface Model extends Configurable {}
            """;

    private Sources() {}

    static Compilation compile(JavaFileObject... sources) {
        return Compiler.javac()
                .withProcessors(new LocalTypeProcessor(), new ConfigProcessor())
                .withOptions("-Xlint:all,-auxiliaryclass", "-Werror")
                .compile(sources);
    }

    static JavaFileObject source(String name, String text) {
        return JavaFileObjects.forSourceString(name, text);
    }

    /** Compiles declarations after {@link #HEADER}; they may refer to the interface {@code Model}. */
    static Compilation declare(String declarations) {
        return compile(source("p.Declarations", HEADER + declarations));
    }

    /** Compiles the declarations, and checks that there is no error or warning. */
    static Compilation accepted(String declarations) {
        Compilation compilation = declare(declarations);
        assertThat(compilation.diagnostics()).isEmpty();
        return compilation;
    }

    /** Checks that the declarations have exactly one error, at the mark, with all of these texts. */
    static void refused(String marked, String... texts) {
        refusedEach(marked, List.of(String.join("\n", texts)));
    }

    /**
     * Checks that the declarations have exactly these errors, in the order of the marks; lines of one text are parts
     * of one error.
     */
    static void refusedEach(String marked, List<String> texts) {
        Compilation compilation = declare(marked.replace(MARK, ""));
        List<Diagnostic<? extends JavaFileObject>> errors = new ArrayList<>(compilation.errors());
        errors.sort(java.util.Comparator.comparingLong(Diagnostic::getPosition));
        assertThat(errors).as("errors").hasSameSizeAs(texts);
        List<String> places = places(HEADER + marked);
        for (int i = 0; i < errors.size(); i++) {
            Diagnostic<?> error = errors.get(i);
            assertThat(error.getMessage(null)).contains(texts.get(i).split("\n"));
            assertThat(error.getLineNumber() + ":" + error.getColumnNumber())
                    .as("place of \"%s\"", error.getMessage(null))
                    .isEqualTo(places.get(i));
        }
    }

    private static List<String> places(String marked) {
        List<String> places = new ArrayList<>();
        String[] lines = marked.split("\n");
        for (int line = 0; line < lines.length; line++) {
            Matcher mark = Pattern.compile(MARK).matcher(lines[line]);
            for (int before = 0; mark.find(); before++) {
                places.add((line + 1) + ":" + (mark.start() - before + 1));
            }
        }
        return places;
    }
}
