package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A hint about the lines in a project's pom that run our annotation processor. */
final class ProcessorHint {
    static final String TEXT = """
            Since JDK 23 the compiler runs no annotation processor that is only on the class path. Add to the pom:
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-compiler-plugin</artifactId>
                <configuration>
                  <proc>full</proc>
                  <annotationProcessorPaths>
                    <path>
                      <groupId>org.experimaestro</groupId>
                      <artifactId>experimaestro-processor</artifactId>
                      <version>${experimaestro.version}</version>
                    </path>
                  </annotationProcessorPaths>
                </configuration>
              </plugin>""";

    private ProcessorHint() {}

    /** Returns whether the module's pom, or one above it, names the processor among its processor paths. */
    static boolean isConfigured(MavenProject project) {
        Stream<Path> above = Stream.iterate(project.module(), folder -> folder != null, Path::getParent)
                .takeWhile(folder -> folder.startsWith(project.base()))
                .map(folder -> folder.resolve("pom.xml"));
        return Stream.concat(above, project.parents().stream())
                .filter(Files::isRegularFile)
                .map(ProcessorHint::text)
                .anyMatch(pom -> pom.contains("annotationProcessorPaths") && pom.contains("experimaestro-processor"));
    }

    private static String text(Path pom) {
        try {
            return Files.readString(pom);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
