package org.experimaestro.loader.source;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.loader.source.TestRepository.dependency;
import static org.experimaestro.loader.source.TestRepository.managed;

import com.sun.net.httpserver.SimpleFileServer;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("thorough")
class DependencyResolverTest {
    @TempDir
    Path temporary;

    private TestRepository remote;
    private Path local;

    @BeforeEach
    void publish() throws IOException {
        remote = new TestRepository(temporary.resolve("remote"), temporary.resolve("made"));
        local = temporary.resolve("local");
        remote.publish("lab", "base", "1.0", "");
        remote.publish("lab", "base", "1.1", "");
        remote.publish("lab", "tools", "2.0", dependency("lab", "base", "1.0", "runtime"));
        remote.publish("lab", "only-test", "1.0", "");
        remote.publish(
                "lab",
                "top",
                "3.0",
                dependency("lab", "tools", "2.0", "compile")
                        + dependency("lab", "only-test", "1.0", "test")
                        + dependency("org.experimaestro", "experimaestro-api", "0.0.1", "compile"));
        remote.publishPom(
                "lab",
                "bom",
                "7",
                managed(dependency("lab", "tools", "2.0", "compile") + dependency("lab", "base", "1.1", "compile")));
    }

    @Test
    void resolve_transitive_hasRuntimeLibrariesInOrderWithoutOurs() throws IOException {
        assertThat(names("lab:top:3.0")).containsExactly("top-3.0.jar", "tools-2.0.jar", "base-1.0.jar");
    }

    @Test
    void resolve_billOfMaterials_givesVersionsAlsoToTransitiveOnes() throws IOException {
        assertThat(names("lab:bom:7@pom", "lab:tools")).containsExactly("tools-2.0.jar", "base-1.1.jar");
    }

    @Test
    void resolve_onlyOurs_needsNothing() throws IOException {
        assertThat(names("org.experimaestro:experimaestro-api:9.9")).isEmpty();
        assertThat(local).doesNotExist();
    }

    @Test
    void resolve_repositoriesOfTheSources_areAskedInPlaceOfCentral() throws IOException {
        List<RepositoryLine> repositories = List.of(RepositoryLine.parse("lab=" + remote.url()));

        assertThat(resolver(centralIsEmpty())
                        .resolve(lines("lab:tools:2.0"), repositories)
                        .jars())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactly("tools-2.0.jar", "base-1.0.jar");
    }

    @Test
    void resolve_fatJar_comesAlone() throws IOException {
        assertThat(names("lab:top:3.0@fatjar")).containsExactly("top-3.0.jar");
    }

    @Test
    void resolve_versionRange_isChanging() throws IOException {
        assertThat(names("lab:base:[1.0,2.0)")).containsExactly("base-1.1.jar");
        assertThat(resolver(online()).resolve(lines("lab:base:[1.0,2.0)")).changing())
                .isTrue();
        assertThat(resolver(online()).resolve(lines("lab:base:1.0")).changing()).isFalse();
    }

    @Test
    void resolve_offlineWithEverythingLocal_works() throws IOException {
        names("lab:top:3.0");

        assertThat(resolver(builder -> online().apply(builder).offline(true))
                        .resolve(lines("lab:top:3.0"))
                        .jars())
                .hasSize(3)
                .allMatch(Files::isRegularFile);
    }

    @Test
    void resolve_unknownOnes_reportsEachWithItsLine() throws IOException {
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
    void resolve_noNetwork_saysSo() throws IOException {
        assertThatThrownBy(() -> resolver(builder -> online().apply(builder).offline(true))
                        .resolve(lines("lab:top:3.0")))
                .hasMessageContaining("experiment.java:1: lab:top:3.0: ")
                .hasMessageContaining("offline")
                .hasMessageContaining("Check the coordinates and the network");
    }

    @Test
    void resolve_versionFromNowhere_isRefused() throws IOException {
        assertThatThrownBy(() -> names("lab:tools"))
                .hasMessageContaining("experiment.java:1: lab:tools has no version");
    }

    @Test
    void resolve_unknownBillOfMaterials_isReported() throws IOException {
        assertThatThrownBy(() -> names("lab:nothing:1@pom")).hasMessageContaining("lab:nothing:1@pom: ");
    }

    @Test
    void resolve_overHttp_downloadsAndThenNeedsNoServer() throws IOException {
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                remote.folder(),
                SimpleFileServer.OutputLevel.NONE);
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
                "<settings><mirrors><mirror><id>near</id><mirrorOf>*</mirrorOf><url>" + remote.url()
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
        void load_libraries_areNamedWithTheirDigestsAlsoFromTheCache() throws IOException {
            plan("//DEPS lab:top:3.0");

            List<Library> libraries = load().libraries();

            assertThat(libraries)
                    .extracting(Library::name)
                    .containsExactly("lab:top:3.0", "lab:tools:2.0", "lab:base:1.0");
            for (Library library : libraries) {
                assertThat(library.sha256()).isEqualTo(SequenceDigest.ofFile(library.jar()));
            }
            assertThat(load()).isEqualTo(new PlanCode("P", load().classPath(), libraries, load().sources(), true));
        }

        @Test
        void load_libraryChangedInTheLocalRepository_isRefused() throws IOException {
            plan("//DEPS lab:base:1.0");
            Path library = load().classPath().getLast();
            Files.copy(load().classPath().getFirst(), library, REPLACE_EXISTING);

            assertThatThrownBy(this::load).hasMessageContaining("lab:base:jar:1.0 in the local repository, " + library);
        }

        @Test
        void load_libraryInstalledAnew_isCompiledAgainst() throws IOException {
            plan("//DEPS lab:base:1.0");
            Path library = load().classPath().getLast();
            Files.writeString(library.resolveSibling("_remote.repositories"), "base-1.0.jar>=\nbase-1.0.pom>=\n");
            try (var jar = FileSystems.newFileSystem(library)) {
                Files.writeString(jar.getPath("new.txt"), "installed");
            }

            PlanCode code = load();

            assertThat(code.fromCache()).isFalse();
            assertThat(code.libraries()).extracting(Library::sha256).containsExactly(SequenceDigest.ofFile(library));
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
        void load_versionRangeOfAClockThatWasAhead_isResolvedAgain() throws IOException {
            plan("//DEPS lab:base:[1.0,)");
            load();
            now.set(now.get().minus(Duration.ofDays(400)));

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

    private List<String> names(String... coordinates) throws IOException {
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
        return from(remote.url());
    }

    private UnaryOperator<ContextOverrides.Builder> centralIsEmpty() {
        return TestRepository.only("central", temporary.resolve("empty").toUri().toString(), local);
    }

    private UnaryOperator<ContextOverrides.Builder> from(String url) {
        return TestRepository.only("test", url, local);
    }
}
