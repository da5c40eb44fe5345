package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.settings.MavenOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds with the machine's real Maven. The api is not published: the project has it by its path. */
class MavenPlanTest {
    private static final String PLAN = """
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

    private final List<String> steps = new ArrayList<>();
    private Path project;
    private Path module;
    private Toolbox toolbox;

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

    @Test
    void load_moduleOfReactor_buildsItWithSiblingAndLibraries() throws Exception {
        toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), temporary.resolve("empty cache"), "1");
        Map<String, String> before = contents();

        PlanCode code = load("acme.Plan");

        assertThat(code.planClass()).isEqualTo("acme.Plan");
        assertThat(code.fromCache()).isFalse();
        assertThat(code.classPath())
                .extracting(path -> path.getFileName().toString())
                .contains("0-plans.jar", "1-shared.jar", "commons-csv-1.14.1.jar")
                .startsWith("0-plans.jar")
                .doesNotContain("api.jar");
        assertThat(steps).containsExactly("Building the Maven project in " + module);
        assertThat(contents()).isEqualTo(before);
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader())) {
            Class<?> plan = loader.loadClass("acme.Plan");
            assertThat(plan.getDeclaredConstructor().newInstance()).isInstanceOf(ExperimentPlan.class);
            assertThat(plan.getField("SHARED").get(null)).isEqualTo("first");
            assertThat(plan.getField("LIBRARY").get(null).getClass().getClassLoader())
                    .isSameAs(loader);
            assertThat(loader.getResource("words.txt")).isNotNull();
        }
    }

    @Test
    void load_nothingChanged_startsNoMaven() throws Exception {
        PlanCode first = load("acme.Plan");
        steps.clear();

        PlanCode second = load("acme.Plan", new MavenCommand("", false));

        assertThat(second.fromCache()).isTrue();
        assertThat(second.classPath()).isEqualTo(first.classPath());
        assertThat(load("acme.Plan.Nested", new MavenCommand("", false)).planClass())
                .isEqualTo("acme.Plan$Nested");
        assertThat(steps).isEmpty();
    }

    @Test
    void load_copyThatOthersMayHaveChanged_isRefused() throws Exception {
        Path copies = Files.createDirectories(temporary.resolve("open cache/maven"));
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxrwxrwx"));
        toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), copies.getParent(), "1");

        assertThatThrownBy(() -> load("acme.Plan"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("chmod go-rwx " + copies);
        assertThat(copies).isEmptyDirectory();
    }

    @Test
    void load_siblingChanged_isBuiltAgain() throws Exception {
        PlanCode first = load("acme.Plan");
        write("parts/shared/src/main/java/shared/Shared.java", shared("again"));

        PlanCode second = load("acme.Plan");

        assertThat(second.fromCache()).isFalse();
        assertThat(shared(second)).isEqualTo("again");
        assertThat(first.classPath())
                .as("the older entry stays for who uses it")
                .allMatch(Files::exists);
    }

    @Test
    void load_outputsAndWorkspaceChanged_comesFromCache() throws Exception {
        load("acme.Plan");
        write("parts/plans/target/classes/stale.txt", "x");
        write("parts/plans/work/.experimaestro.json", "{\"format\": 1}");
        write("parts/plans/work/jobs/a/log.txt", "x");
        write(".git/HEAD", "x");
        write("node_modules/a/b.js", "x");

        assertThat(load("acme.Plan").fromCache()).isTrue();
    }

    @Test
    void load_sourceDeleted_isGoneFromTheResult() throws Exception {
        write("parts/plans/src/main/java/acme/Other.java", "package acme; class Other {}");
        PlanCode first = load("acme.Plan");
        Files.delete(module.resolve("src/main/java/acme/Other.java"));

        PlanCode second = load("acme.Plan");

        assertThat(CompiledClasses.names(first.classPath().subList(0, 1))).contains("acme.Other");
        assertThat(CompiledClasses.names(second.classPath().subList(0, 1))).doesNotContain("acme.Other");
    }

    @Test
    void load_sourcesOutsideOfTheProject_areBuiltAndTheirChangesSeen() throws Exception {
        Path outside = temporary.resolve("outside/shared/Shared.java");
        Files.createDirectories(outside.getParent());
        Files.writeString(outside, shared("outside"));
        write(
                "parts/shared/pom.xml",
                Files.readString(project.resolve("parts/shared/pom.xml"))
                        .replace(
                                "</project>",
                                "<build><sourceDirectory>../../../outside</sourceDirectory></build></project>"));
        Files.delete(project.resolve("parts/shared/src/main/java/shared/Shared.java"));

        assertThat(shared(load("acme.Plan"))).isEqualTo("outside");
        assertThat(load("acme.Plan").fromCache()).isTrue();

        Files.writeString(outside, shared("changed"));
        assertThat(shared(load("acme.Plan"))).isEqualTo("changed");
    }

    @Test
    void load_profileAndProperty_areMavens() throws Exception {
        write("parts/plans/src/fast/words.txt", "of the profile");
        write("parts/plans/src/other/words.txt", "of the property");
        write(
                "parts/plans/pom.xml",
                Files.readString(project.resolve("parts/plans/pom.xml")).replace("</project>", """
                        <properties><words>main/resources</words></properties>
                        <build><resources><resource><directory>src/${words}</directory></resource></resources></build>
                        <profiles><profile><id>fast</id><properties><words>fast</words></properties></profile></profiles>
                        </project>"""));

        assertThat(words(load("acme.Plan"))).isEqualTo("one two");
        assertThat(words(load("acme.Plan", MavenCommand.ofThisMachine(), options("fast"))))
                .isEqualTo("of the profile");
        assertThat(words(load(
                        "acme.Plan",
                        MavenCommand.ofThisMachine(),
                        new MavenOptions(List.of(), new TreeMap<>(Map.of("words", "other"))))))
                .isEqualTo("of the property");
        assertThat(load("acme.Plan", new MavenCommand("", false), options("fast"))
                        .fromCache())
                .isTrue();
    }

    @Test
    void load_profileThatIsNotThere_isRefusedWithTheNearOne() throws Exception {
        write(
                "parts/plans/pom.xml",
                Files.readString(project.resolve("parts/plans/pom.xml"))
                        .replace("</project>", "<profiles><profile><id>fast</id></profile></profiles></project>"));

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> load("acme.Plan", MavenCommand.ofThisMachine(), options("fasst")))
                    .hasMessageContaining("there is no profile fasst")
                    .hasMessageContaining("did you mean fast?");
        }
    }

    @Test
    void load_warningsAreErrors_showsThem() throws Exception {
        write(
                "parts/plans/src/main/java/acme/Raw.java",
                "package acme; class Raw { java.util.List<String> list = new java.util.ArrayList(); }");
        String arguments = "<compilerArgs><arg>-Xlint:all,-processing,-options</arg><arg>-Werror</arg></compilerArgs>";
        write(
                "parts/plans/pom.xml",
                Files.readString(project.resolve("parts/plans/pom.xml"))
                        .replace(
                                "</project>",
                                "<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>"
                                        + "<showWarnings>true</showWarnings>" + arguments
                                        + "</configuration></plugin></plugins></build></project>"));

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining(module.resolve("src/main/java/acme/Raw.java") + ":[1,")
                .hasMessageContaining("found raw type: java.util.ArrayList")
                .hasMessageContaining("warnings found and -Werror specified")
                .message()
                .doesNotContain("Maven built a copy");
    }

    @Test
    void load_packageNotThere_saysWhatWasBuilt() throws Exception {
        write("parts/plans/src/main/java/acme/Use.java", "package acme; class Use { nowhere.Gone a; Gone b; Gone c; }");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining("package nowhere does not exist")
                .hasMessageContaining("""
                          %1$s:[1,43] cannot find symbol
                            symbol:   class Gone
                            location: class acme.Use
                          %1$s:[1,51] cannot find symbol
                            symbol:   class Gone
                            location: class acme.Use
                        """.formatted(module.resolve("src/main/java/acme/Use.java")))
                .hasMessageContaining(
                        "Maven built a copy, so that nothing is written in the project. These were copied: " + project);
    }

    @Test
    void load_doesNotCompile_showsMavensErrorsWithTheUsersPaths() throws Exception {
        write("parts/plans/src/main/java/acme/Plan.java", PLAN.replace("shared.Shared.NAME", "42"));

        assertThatThrownBy(() -> load("acme.Plan"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("Cannot build the Maven project in " + module)
                .hasMessageContaining(module.resolve("src/main/java/acme/Plan.java") + ":[6,")
                .hasMessageContaining("incompatible types")
                .hasMessageNotContaining("Help 1")
                .hasMessageNotContaining(toolbox.cache().toString());
    }

    @Test
    void load_buildersMissing_tellsHowToTurnTheProcessorOn() throws Exception {
        write("parts/plans/src/main/java/acme/Use.java", "package acme; class Use { Object o = AdamBuilder.adam(); }");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining("cannot find symbol")
                .hasMessageContaining("Since JDK 23")
                .hasMessageContaining("<artifactId>experimaestro-processor</artifactId>");
    }

    @Test
    void load_configurationsWithoutDescriptors_givesTheHint() throws Exception {
        write(
                "parts/plans/src/main/java/acme/Adam.java",
                "package acme; @org.experimaestro.ConfigType record Adam() {}");

        // A file with this extension need not be a class.
        write("parts/plans/src/main/resources/acme/Other.class", "no class");

        load("acme.Plan");

        assertThat(steps).hasSize(2);
        assertThat(steps.getLast())
                .contains("No builders were generated for acme.Adam")
                .contains("annotationProcessorPaths");
    }

    @Test
    void load_classNotThere_namesThePlansThereAre() {
        assertThatThrownBy(() -> load("acme.Plam"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot find the plan class acme.Plam in the Maven project " + module)
                .hasMessageContaining("did you mean acme.Plan? Plans there: acme.Plan, acme.Plan$Nested");
        assertThatThrownBy(() -> load("acme.Plan.Unfinished")).hasMessageContaining("it is abstract");
        assertThatThrownBy(() -> load("acme.Plan.Settings"))
                .hasMessageContaining("it does not implement ExperimentPlan");
    }

    @Test
    void load_noMavenAtAll_saysWhatToInstall() throws IOException {
        write("parts/plans/src/main/resources/words.txt", "three");

        assertThatThrownBy(() -> load("acme.Plan", new MavenCommand("", false)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("it has no mvnw, and there is no mvn on the PATH; install Maven");
    }

    @Test
    void load_wrapperInProject_isUsed() throws Exception {
        write("mvnw", "#!/bin/sh\necho \"[ERROR] the wrapper ran with $JAVA_HOME\"\nexit 7\n");

        assertThatThrownBy(() -> load("acme.Plan", new MavenCommand("", false)))
                .hasMessageContaining("exit code 7\n  the wrapper ran with " + System.getProperty("java.home"));
    }

    @Test
    void load_anyProject_hasMavenRefuseWrongChecksums() throws Exception {
        write("mvnw", "#!/bin/sh\necho \"[ERROR] called with $*\"\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan")).hasMessageContaining("called with -B -C ");

        write(
                "mvnw",
                "#!/bin/sh\necho '[ERROR] Could not transfer artifact lab:tools:jar:1 from/to lab (file:/lab): Checksum"
                        + " validation failed, no checksums available'\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageEndingWith("have Maven itself fetch it once: mvn compile in " + module);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failed to execute goal on project plans: Could not resolve dependencies for project acme:plans:jar:1: Could not"
                        + " find artifact org.experimaestro:experimaestro-api:jar:0.1.0 in central (https://repo.lab.org)",
                "Failed to execute goal on project plans: Could not resolve dependencies for project acme:plans:jar:1: Failure to"
                        + " find org.experimaestro:experimaestro-api:jar:0.1.0 in https://repo.lab.org was cached in the local"
                        + " repository",
                "Resolution of annotationProcessorPath dependencies failed: Could not find artifact"
                        + " org.experimaestro:experimaestro-processor:jar:0.1.0 in central (https://repo.lab.org)",
                "Resolution of annotationProcessorPath dependencies failed: Failure to find"
                        + " org.experimaestro:experimaestro-processor:jar:0.1.0 in https://repo.lab.org was cached",
                "Resolution of annotationProcessorPath dependencies failed: org.experimaestro:experimaestro-processor:jar:0.1.0"
                        + " was not found in https://repo.lab.org during a previous attempt"
            })
    void load_ourArtifactIsNotThere_saysHowToInstallIt(String error) throws Exception {
        write("mvnw", "#!/bin/sh\necho '[ERROR] " + error + " -> [Help 1]'\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan"))
                .hasMessageContaining(error)
                .hasMessageEndingWith(
                        "run ./mvnw install -DskipTests in a clone of Experimaestro, which is in no public"
                                + " repository yet");
    }

    @Test
    void load_anotherArtifactIsNotThere_doesNotSaySo() throws Exception {
        write("mvnw", "#!/bin/sh\necho '[ERROR] Could not find artifact lab:tools:jar:1 in central'\nexit 1\n");

        assertThatThrownBy(() -> load("acme.Plan")).hasMessageNotContaining("clone of Experimaestro");
    }

    @Test
    void load_yamlBesideTheRootPom_findsTheModule() throws Exception {
        assertThat(new MavenPlan(toolbox, MavenCommand.ofThisMachine(), steps::add, InstantSource.system())
                        .load(project, "acme.Plan.Nested", MavenOptions.NONE)
                        .planClass())
                .isEqualTo("acme.Plan$Nested");
    }

    /** Returns a dependency of system scope: compiled against, and not on the class path at run time. */
    private String onDisk(String name, Path classes) throws IOException {
        Path jar = temporary.resolve(name + ".jar");
        if (Files.isDirectory(classes)) {
            ClassesJar.write(classes, jar);
        } else if (!Files.exists(jar)) {
            Files.copy(classes, jar);
        }
        return "<dependency><groupId>test</groupId><artifactId>" + name + "</artifactId><version>1</version>"
                + "<scope>system</scope><systemPath>" + jar + "</systemPath></dependency>";
    }

    private String shared(PlanCode code) throws Exception {
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader())) {
            return (String) loader.loadClass("shared.Shared").getField("NAME").get(null);
        }
    }

    private PlanCode load(String className) throws IOException {
        return load(className, MavenCommand.ofThisMachine());
    }

    private PlanCode load(String className, MavenCommand command) throws IOException {
        return load(className, command, MavenOptions.NONE);
    }

    private PlanCode load(String className, MavenCommand command, MavenOptions options) throws IOException {
        return new MavenPlan(toolbox, command, steps::add, InstantSource.system())
                .load(module.resolve("experiments"), className, options);
    }

    private String words(PlanCode code) throws Exception {
        try (var loader = PlanClassLoader.of(code.classPath(), getClass().getClassLoader());
                var words = loader.getResourceAsStream("words.txt")) {
            return new String(words.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static MavenOptions options(String profile) {
        return new MavenOptions(List.of(profile), new TreeMap<>());
    }

    private static String shared(String text) {
        return "package shared; public class Shared { public static final String NAME = \"" + text + "\".toString(); }";
    }

    private static String pom(String identity, String artifact, String body) {
        return "<project><modelVersion>4.0.0</modelVersion>" + identity + "<artifactId>" + artifact + "</artifactId>"
                + body + "</project>";
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                contents.put(file.toString(), Files.isDirectory(file) ? "" : Files.readString(file));
            }
        }
        return contents;
    }
}
