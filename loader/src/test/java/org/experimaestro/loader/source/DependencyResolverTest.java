package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.SimpleFileServer;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.eclipse.aether.repository.RemoteRepository;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyResolverTest {
    @TempDir
    Path temporary;

    private Path remote;
    private Path local;

    @BeforeEach
    void publish() throws IOException {
        remote = temporary.resolve("remote");
        local = temporary.resolve("local");
        publish("lab", "base", "1.0", "");
        publish("lab", "base", "1.1", "");
        publish("lab", "tools", "2.0", dependency("lab", "base", "1.0", "runtime"));
        publish("lab", "only-test", "1.0", "");
        publish(
                "lab",
                "top",
                "3.0",
                dependency("lab", "tools", "2.0", "compile")
                        + dependency("lab", "only-test", "1.0", "test")
                        + dependency("org.experimaestro", "experimaestro-api", "0.0.1", "compile"));
        publishPom(
                "lab",
                "bom",
                "7",
                "<dependencyManagement><dependencies>"
                        + dependency("lab", "tools", "2.0", "compile") + dependency("lab", "base", "1.1", "compile")
                        + "</dependencies></dependencyManagement>");
    }

    @Test
    void resolve_transitive_hasRuntimeLibrariesInOrderWithoutOurs() {
        assertThat(names("lab:top:3.0")).containsExactly("top-3.0.jar", "tools-2.0.jar", "base-1.0.jar");
    }

    @Test
    void resolve_billOfMaterials_givesVersionsAlsoToTransitiveOnes() {
        assertThat(names("lab:bom:7@pom", "lab:tools")).containsExactly("tools-2.0.jar", "base-1.1.jar");
    }

    @Test
    void resolve_onlyOurs_needsNothing() {
        assertThat(names("org.experimaestro:experimaestro-api:9.9")).isEmpty();
        assertThat(local).doesNotExist();
    }

    @Test
    void resolve_repositoriesOfTheSources_areAskedInPlaceOfCentral() throws IOException {
        List<RepositoryLine> repositories = List.of(RepositoryLine.parse("lab=" + remote.toUri()));

        assertThat(resolver(centralIsEmpty())
                        .resolve(lines("lab:tools:2.0"), repositories)
                        .jars())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("tools-2.0.jar", "base-1.0.jar");
    }

    @Test
    void resolve_fatJar_comesAlone() {
        assertThat(names("lab:top:3.0@fatjar")).containsExactly("top-3.0.jar");
    }

    @Test
    void resolve_versionRange_isChanging() {
        assertThat(names("lab:base:[1.0,2.0)")).containsExactly("base-1.1.jar");
        assertThat(resolver(online()).resolve(lines("lab:base:[1.0,2.0)")).changing())
                .isTrue();
        assertThat(resolver(online()).resolve(lines("lab:base:1.0")).changing()).isFalse();
    }

    @Test
    void resolve_offlineWithEverythingLocal_works() {
        names("lab:top:3.0");

        assertThat(resolver(builder -> online().apply(builder).offline(true))
                        .resolve(lines("lab:top:3.0"))
                        .jars())
                .hasSize(3)
                .allMatch(Files::isRegularFile);
    }

    @Test
    void resolve_unknownOnes_reportsEachWithItsLine() {
        assertThatThrownBy(() -> resolver(online())
                        .resolve(List.of(line("lab:top:3.0", 1), line("lab:missing:1.0", 2), line("lab:base:9.0", 3))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot resolve 2 libraries of the //DEPS lines")
                .hasMessageContaining("experiment.java:2: lab:missing:1.0: ")
                .hasMessageContaining("experiment.java:3: lab:base:9.0: ")
                .hasMessageNotContaining("experiment.java:1: ")
                .hasMessageContaining("settings.xml");
    }

    @Test
    void resolve_noNetwork_saysSo() {
        assertThatThrownBy(() -> resolver(builder -> online().apply(builder).offline(true))
                        .resolve(lines("lab:top:3.0")))
                .hasMessageContaining("experiment.java:1: lab:top:3.0: ")
                .hasMessageContaining("offline")
                .hasMessageContaining("Check the coordinates and the network");
    }

    @Test
    void resolve_versionFromNowhere_isRefused() {
        assertThatThrownBy(() -> names("lab:tools"))
                .hasMessageContaining("experiment.java:1: lab:tools has no version");
    }

    @Test
    void resolve_unknownBillOfMaterials_isReported() {
        assertThatThrownBy(() -> names("lab:nothing:1@pom")).hasMessageContaining("lab:nothing:1@pom: ");
    }

    @Test
    void resolve_overHttp_downloadsAndThenNeedsNoServer() {
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), remote, SimpleFileServer.OutputLevel.NONE);
        server.start();
        UnaryOperator<ContextOverrides.Builder> overHttp =
                from("http://localhost:" + server.getAddress().getPort());
        try {
            assertThat(resolver(overHttp).resolve(lines("lab:top:3.0")).jars()).hasSize(3);
        } finally {
            server.stop(0);
        }

        assertThat(resolver(overHttp).resolve(lines("lab:top:3.0")).jars()).hasSize(3);
        assertThatThrownBy(() -> resolver(overHttp).resolve(lines("lab:base:1.1")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java:1: lab:base:1.1: ")
                .hasMessageContaining("Connection refused");
    }

    @Test
    void resolve_userSettings_areHonoured() throws IOException {
        Path settings = Files.writeString(
                temporary.resolve("settings.xml"),
                "<settings><mirrors><mirror><id>near</id><mirrorOf>*</mirrorOf><url>" + remote.toUri()
                        + "</url></mirror></mirrors></settings>");

        assertThat(resolver(builder ->
                                builder.withUserSettingsXmlOverride(settings).withLocalRepositoryOverride(local))
                        .resolve(lines("lab:base:1.0"))
                        .jars())
                .hasSize(1);
    }

    @Nested
    class WithPlans {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
        private final List<String> steps = new ArrayList<>();
        private Toolbox toolbox;
        private Path file;

        @BeforeEach
        void prepare() throws IOException {
            toolbox = new Toolbox(List.of(TestToolbox.api()), List.of(), temporary.resolve("cache"), "1");
            file = Files.createDirectory(temporary.resolve("plan")).resolve("experiment.java");
        }

        @Test
        void load_librariesUsed_compilesAgainstThemAndListsThem() throws IOException {
            plan("//DEPS lab:top:3.0");

            PlanCode code = load();

            assertThat(code.classPath())
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("classes.jar", "top-3.0.jar", "tools-2.0.jar", "base-1.0.jar");
            assertThat(steps).containsExactly("Resolving 1 dependency", "Compiling experiment.java");
            assertThat(load().fromCache()).isTrue();
        }

        @Test
        void load_libraryVanished_isResolvedAgain() throws IOException {
            plan("//DEPS lab:base:1.0");
            Files.delete(load().classPath().getLast());

            PlanCode code = load();

            assertThat(code.fromCache()).isFalse();
            assertThat(code.classPath()).allMatch(Files::isRegularFile);
        }

        @Test
        void load_versionRange_isResolvedAgainAfterADay() throws IOException {
            plan("//DEPS lab:base:[1.0,)");
            load();
            now.set(now.get().plus(Duration.ofHours(23)));
            assertThat(load().fromCache()).isTrue();
            now.set(now.get().plus(Duration.ofHours(2)));

            assertThat(load().fromCache()).isFalse();
            assertThat(load().fromCache()).isTrue();
        }

        @Test
        void load_fixedVersion_isNeverResolvedAgain() throws IOException {
            plan("//DEPS lab:base:1.0");
            load();
            now.set(now.get().plus(Duration.ofDays(400)));

            assertThat(load().fromCache()).isTrue();
        }

        private void plan(String header) throws IOException {
            Files.writeString(file, header + """

                    import org.experimaestro.*;
                    class P implements ExperimentPlan<P.S> {
                      record S() {}
                      Object used = lab.base.Library.class;
                      public void run(Experiment xp, S s) {}
                    }
                    """);
        }

        private PlanCode load() throws IOException {
            return new SourcePlan(toolbox, resolver(online()), steps::add, now::get).load(file);
        }
    }

    private List<String> names(String... coordinates) {
        return resolver(online()).resolve(lines(coordinates)).jars().stream()
                .map(jar -> jar.getFileName().toString())
                .toList();
    }

    private static List<DependencyLine> lines(String... coordinates) {
        List<DependencyLine> lines = new ArrayList<>();
        for (String text : coordinates) {
            lines.add(line(text, lines.size() + 1));
        }
        return lines;
    }

    private static DependencyLine line(String coordinates, int number) {
        return DependencyLine.parse(coordinates, "experiment.java:" + number).orElseThrow();
    }

    private static DependencyResolver resolver(UnaryOperator<ContextOverrides.Builder> overrides) {
        return new DependencyResolver(overrides);
    }

    private UnaryOperator<ContextOverrides.Builder> online() {
        return from(remote.toUri().toString());
    }

    private UnaryOperator<ContextOverrides.Builder> centralIsEmpty() {
        return from("central", temporary.resolve("empty").toUri().toString());
    }

    private UnaryOperator<ContextOverrides.Builder> from(String url) {
        return from("test", url);
    }

    private UnaryOperator<ContextOverrides.Builder> from(String id, String url) {
        var repository = new RemoteRepository.Builder(id, "default", url).build();
        return builder -> builder.withUserSettings(false)
                .withLocalRepositoryOverride(local)
                .addRepositoriesOp(ContextOverrides.AddRepositoriesOp.REPLACE)
                .repositories(List.of(repository));
    }

    private void publish(String group, String artifact, String version, String dependencies) throws IOException {
        Path folder = publishPom(group, artifact, version, "<dependencies>" + dependencies + "</dependencies>");
        String packageName = group + "." + artifact.replace("-", "");
        Path classes = TestToolbox.compile(
                Files.createDirectories(temporary.resolve("made/" + artifact + version)),
                "Library",
                "package " + packageName + "; public class Library {}",
                List.of());
        ClassesJar.write(classes, folder.resolve(artifact + "-" + version + ".jar"));
    }

    private Path publishPom(String group, String artifact, String version, String body) throws IOException {
        Path module = remote.resolve(group.replace('.', '/')).resolve(artifact);
        Path folder = Files.createDirectories(module.resolve(version));
        Files.writeString(
                folder.resolve(artifact + "-" + version + ".pom"),
                "<project><modelVersion>4.0.0</modelVersion>" + "<groupId>" + group + "</groupId><artifactId>"
                        + artifact + "</artifactId><version>" + version + "</version>" + body + "</project>");
        try (var versions = Files.list(module)) {
            String list = versions.filter(Files::isDirectory)
                    .map(path -> "<version>" + path.getFileName() + "</version>")
                    .sorted()
                    .reduce("", String::concat);
            Files.writeString(
                    module.resolve("maven-metadata.xml"),
                    "<metadata><groupId>" + group + "</groupId><artifactId>" + artifact
                            + "</artifactId><versioning><versions>" + list + "</versions></versioning></metadata>");
        }
        return folder;
    }

    private static String dependency(String group, String artifact, String version, String scope) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version><scope>" + scope + "</scope></dependency>";
    }
}
