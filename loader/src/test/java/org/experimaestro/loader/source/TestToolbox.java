package org.experimaestro.loader.source;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.experimaestro.ExperimentPlan;

/** A toolbox with the real api, and a small annotation processor of its own that is compiled here. */
final class TestToolbox {
    private static final String ANNOTATION = """
            package org.experimaestro;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME)
            public @interface ConfigType { String value() default ""; }
            """;

    private static final String PROCESSOR = """
            package tiny;
            import java.io.*;
            import java.util.*;
            import javax.annotation.processing.*;
            import javax.lang.model.SourceVersion;
            import javax.lang.model.element.*;
            import javax.tools.*;
            @SupportedAnnotationTypes("org.experimaestro.ConfigType")
            public class TinyProcessor extends AbstractProcessor {
              @Override public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }
              @Override public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
                for (TypeElement annotation : annotations) {
                  for (Element type : round.getElementsAnnotatedWith(annotation)) {
                    write((TypeElement) type);
                  }
                }
                return true;
              }
              private void write(TypeElement type) {
                if (type.getSimpleName().toString().startsWith("Bad")) {
                  processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "a configuration must not be bad", type);
                  return;
                }
                String inPackage = processingEnv.getElementUtils().getPackageOf(type).getQualifiedName().toString();
                String name = type.getSimpleName() + "Builder";
                try (Writer out = processingEnv.getFiler().createSourceFile(
                    inPackage.isEmpty() ? name : inPackage + "." + name, type).openWriter()) {
                  out.write((inPackage.isEmpty() ? "" : "package " + inPackage + ";\\n")
                      + "public final class " + name + " { static String built() { return \\"" + name + "\\"; } }\\n");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                try (Writer out = processingEnv.getFiler().createResource(StandardLocation.CLASS_OUTPUT, "",
                    "META-INF/experimaestro/types/" + type.getQualifiedName() + ".json", type).openWriter()) {
                  out.write("{}");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            }
            """;

    private TestToolbox() {}

    /** Returns the toolbox, with its jars and the cache below a folder. */
    static Toolbox in(Path folder) throws IOException {
        Path annotations = compile(folder.resolve("annotations"), "ConfigType", ANNOTATION, List.of());
        Path processor = compile(folder.resolve("processor"), "TinyProcessor", PROCESSOR, List.of());
        Path services = Files.createDirectories(processor.resolve("META-INF/services"));
        Files.writeString(services.resolve("javax.annotation.processing.Processor"), "tiny.TinyProcessor\n");
        Path processorJar = folder.resolve("processor.jar");
        ClassesJar.write(processor, processorJar);
        return new Toolbox(List.of(api(), annotations), List.of(processorJar), folder.resolve("cache"), "1.0-test");
    }

    static Path api() {
        try {
            return Path.of(ExperimentPlan.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles one source and returns the folder of its classes. */
    static Path compile(Path folder, String name, String source, List<Path> classPath) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(
                    StandardLocation.CLASS_PATH,
                    Stream.concat(classPath.stream(), Stream.of(api())).toList());
            var options = List.of("-d", classes.toString(), "-proc:none");
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                    .call()) {
                throw new IllegalStateException("The test's own source does not compile: " + name);
            }
        }
        return classes;
    }
}
