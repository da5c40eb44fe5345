package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.base.file.Folders;
import org.experimaestro.settings.MavenOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Builds with the machine's real Maven. The api is not published: the project has it by its path. */
abstract class MavenPlanFixture {
    static final String PLAN = """
            package acme;
            import org.experimaestro.*;
            public class Plan implements ExperimentPlan<Plan.Settings> {
              public record Settings() {}
              public static final Object LIBRARY = org.apache.commons.csv.CSVFormat.DEFAULT;
              public static final String SHARED = shared.Shared.NAME;
              public void run(Experiment xp, Settings settings) {}
              public static abstract class Unfinished extends Plan {}
              public static class Nested extends Plan {}
            }
            """;

    /** The cache and the project's path are the same for all tests, so that an unchanged project is built once. */
    @TempDir
    static Path temporary;

    final List<String> steps = new ArrayList<>();
    Path project;
    Path module;
    Toolbox toolbox;

    /** A reactor; the plan's module needs a sibling, a library, and the api; another module does not compile. */
    @BeforeEach
    void prepare() throws IOException {
        toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), temporary.resolve("cache"), "1");
        project = temporary.resolve("project");
        Folders.delete(project);
        steps.clear();
        module = project.resolve("parts/plans");
        Path annotation = TestToolbox.compile(temporary.resolve("annotation"), "ConfigType", """
                package org.experimaestro;
                @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                public @interface ConfigType {}
                """, List.of());
        write("pom.xml", pom("<groupId>acme</groupId><version>1</version>", "root", """
                <packaging>pom</packaging>
                <modules><module>parts/shared</module><module>parts/plans</module><module>parts/broken</module></modules>
                <properties>
                  <maven.compiler.source>17</maven.compiler.source>
                  <maven.compiler.target>17</maven.compiler.target>
                  <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                </properties>
                """));
        String parent = "<parent><groupId>acme</groupId><artifactId>root</artifactId><version>1</version>"
                + "<relativePath>../../pom.xml</relativePath></parent>";
        write("parts/shared/pom.xml", pom(parent, "shared", ""));
        write("parts/shared/src/main/java/shared/Shared.java", shared("first"));
        write("parts/broken/pom.xml", pom(parent, "broken", ""));
        write("parts/broken/src/main/java/Broken.java", "not Java");
        write("parts/plans/pom.xml", pom(parent, "plans", """
                <dependencies>
                  <dependency><groupId>acme</groupId><artifactId>shared</artifactId><version>1</version></dependency>
                  <dependency>
                    <groupId>org.apache.commons</groupId><artifactId>commons-csv</artifactId><version>1.14.1</version>
                  </dependency>
                  %s
                  %s
                </dependencies>
                """.formatted(
                        onDisk("api", TestToolbox.api()), onDisk("annotation", annotation))));
        write("parts/plans/src/main/java/acme/Plan.java", PLAN);
        write("parts/plans/src/main/resources/words.txt", "one two");
        write("parts/plans/experiments/debug.yaml", "class: acme.Plan");
    }
    /** Returns a dependency of system scope: compiled against, and not on the class path at run time. */
    String onDisk(String name, Path classes) throws IOException {
        Path jar = temporary.resolve(name + ".jar");
        if (Files.isDirectory(classes)) {
            ClassesJar.write(classes, jar);
        } else if (!Files.exists(jar)) {
            Files.copy(classes, jar);
        }
        return "<dependency><groupId>test</groupId><artifactId>" + name + "</artifactId><version>1</version>"
                + "<scope>system</scope><systemPath>" + jar + "</systemPath></dependency>";
    }

    String shared(PlanCode code) throws Exception {
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader())) {
            return (String) loader.loadClass("shared.Shared").getField("NAME").get(null);
        }
    }

    PlanCode load(String className) throws IOException {
        return load(className, MavenCommand.ofThisMachine());
    }

    PlanCode load(String className, MavenCommand command) throws IOException {
        return load(className, command, MavenOptions.NONE);
    }

    PlanCode load(String className, MavenCommand command, MavenOptions options) throws IOException {
        return new MavenPlan(toolbox, command, steps::add, InstantSource.system())
                .load(module.resolve("experiments"), className, options);
    }

    String words(PlanCode code) throws Exception {
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader());
                var words = loader.getResourceAsStream("words.txt")) {
            return new String(words.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static MavenOptions options(String profile) {
        return new MavenOptions(List.of(profile), new TreeMap<>());
    }

    static String shared(String text) {
        return "package shared; public class Shared { public static final String NAME = \"" + text + "\".toString(); }";
    }

    static String pom(String identity, String artifact, String body) {
        return "<project><modelVersion>4.0.0</modelVersion>" + identity + "<artifactId>" + artifact + "</artifactId>"
                + body + "</project>";
    }

    void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                contents.put(file.toString(), Files.isDirectory(file) ? "" : Files.readString(file));
            }
        }
        return contents;
    }
}
