package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

class IncrementalTest {

    @Test
    void process_eachFile_namesItsOneSource() {
        Map<String, List<String>> origins = new TreeMap<>();
        Compilation compilation = Compiler.javac()
                .withProcessors(new Recorder(origins))
                .compile(Sources.source(
                        "p.Declarations",
                        Sources.HEADER
                                + "@ConfigType(\"a\") record A(int x) implements Model {}"
                                + "class Outer { @ConfigType(\"b\") record B(A a) implements Model {} }"));
        assertThat(compilation.errors()).isEmpty();
        assertThat(origins)
                .isEqualTo(Map.of(
                        "p.ABuilder", List.of("p.A"),
                        "p.Outer_BBuilder", List.of("p.Outer.B"),
                        "META-INF/experimaestro/types/a.json", List.of("p.A"),
                        "META-INF/experimaestro/types/b.json", List.of("p.Outer.B")));
    }

    @Test
    void services_ofTheJar_nameTheProcessor() throws IOException {
        // The second is not called if the first has claimed all annotations.
        String first = LocalTypeProcessor.class.getName();
        String second = ConfigProcessor.class.getName();
        assertThat(resource("/META-INF/services/" + Processor.class.getName())).isEqualTo(first + "\n" + second + "\n");
        assertThat(resource("/META-INF/gradle/incremental.annotation.processors"))
                .isEqualTo(first + ",isolating\n" + second + ",isolating\n");
    }

    @Test
    void process_typeThatAnotherProcessorMakes_waitsForIt() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new ConfigProcessor(), new ProducerLookup())
                .compile(Sources.source(
                        "p.Declarations",
                        Sources.HEADER
                                + "@interface Makes {} @Makes @ConfigType record A(Made made) implements Model {}"));
        assertThat(compilation.errors()).isEmpty();
        assertThat(compilation.generatedSourceFile("p.ABuilder")).isPresent();
    }

    @Test
    void process_annotationsOfOthers_areLeftToThem() {
        Set<String> seen = new TreeSet<>();
        Compilation compilation = Compiler.javac()
                .withProcessors(new LocalTypeProcessor(), new ConfigProcessor(), new Watcher(seen))
                .withOptions("-Xlint:processing", "-Werror")
                .compile(Sources.source(
                        "p.Declarations",
                        Sources.HEADER + "@interface Theirs {} @interface Other {}"
                                + "@Theirs @Other @ConfigType record A(@Default(\"1\") int x) implements Model {}"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(seen).contains("p.Other", "p.Theirs").noneMatch(name -> name.startsWith("org.experimaestro."));
    }

    @Test
    void process_typeThatIsNowhere_isTheCompilersError() {
        Compilation compilation = Sources.declare("@ConfigType record A(Nowhere x) implements Model {}");
        assertThat(compilation.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.getMessage(null)).contains("cannot find symbol"));
    }

    private static String resource(String path) throws IOException {
        try (InputStream input = ConfigProcessor.class.getResourceAsStream(path)) {
            return new String(java.util.Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A processor that claims all annotations that earlier processors have left. */
    @SupportedAnnotationTypes("*")
    private static final class Watcher extends AbstractProcessor {
        private final Set<String> seen;

        Watcher(Set<String> seen) {
            this.seen = seen;
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        @SuppressWarnings("DoNotClaimAnnotations") // as the most greedy processor does
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            annotations.forEach(annotation -> seen.add(annotation.toString()));
            return true;
        }
    }

    /** A processor that records the source of each file. */
    private static final class Recorder extends AbstractProcessor {
        private final ConfigProcessor processor = new ConfigProcessor();
        private final Map<String, List<String>> origins;

        Recorder(Map<String, List<String>> origins) {
            this.origins = origins;
        }

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            super.init(environment);
            Filer filer = proxy(Filer.class, environment.getFiler(), environment);
            processor.init(proxy(ProcessingEnvironment.class, environment, filer));
        }

        private <T> T proxy(Class<T> type, T target, Object other) {
            return type.cast(Proxy.newProxyInstance(
                    IncrementalTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        if (method.getName().equals("getFiler")) {
                            return other;
                        }
                        if (method.getName().startsWith("create")) {
                            record(arguments);
                        }
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }));
        }

        private void record(Object[] arguments) {
            Element[] elements = (Element[]) arguments[arguments.length - 1];
            origins.put(
                    arguments[arguments.length - 2].toString(),
                    Arrays.stream(elements).map(Element::toString).toList());
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return processor.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return processor.getSupportedSourceVersion();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return processor.process(annotations, round);
        }
    }

    /** A processor that makes the class {@code p.Made} in the first round. */
    private static final class ProducerLookup extends AbstractProcessor {
        private boolean made;

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!made) {
                made = true;
                try (Writer writer =
                        processingEnv.getFiler().createSourceFile("p.Made").openWriter()) {
                    writer.write("package p; public interface Made extends org.experimaestro.Configurable {}");
                } catch (IOException unwritable) {
                    throw new AssertionError(unwritable);
                }
            }
            return false;
        }
    }
}
