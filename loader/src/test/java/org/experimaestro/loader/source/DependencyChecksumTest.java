package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.loader.source.TestRepository.dependency;
import static org.experimaestro.loader.source.TestRepository.managed;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of repositories that have a wrong checksum, or none. */
@Tag("thorough")
class DependencyChecksumTest {
    private static final String WRONG = "0123456789012345678901234567890123456789";

    /** The name of a library, the file that is changed, and the name of that file's artifact. */
    private static final String CASES = """
            lab:base:1.0              | lab/base/1.0/base-1.0.jar         | lab:base:jar:1.0
            lab:base:1.0              | lab/base/1.0/base-1.0.pom         | lab:base:pom:1.0
            lab:base:1.0:linux        | lab/base/1.0/base-1.0-linux.jar   | lab:base:jar:linux:1.0
            lab:base:[1.0,2.0)        | lab/base/maven-metadata.xml       | lab:base/maven-metadata.xml
            lab:base:RELEASE          | lab/base/maven-metadata.xml       | lab:base/maven-metadata.xml
            lab:top:3.0               | lab/base/1.0/base-1.0.jar         | lab:base:jar:1.0
            lab:top:3.0               | lab/parent/1/parent-1.pom         | lab:parent:pom:1
            lab:top:3.0               | lab/bom/7/bom-7.pom               | lab:bom:pom:7
            lab:bom:7@pom lab:base    | lab/bom/7/bom-7.pom               | lab:bom:pom:7
            lab:snap:1-SNAPSHOT       | lab/snap/1-SNAPSHOT/maven-metadata.xml | lab:snap:1-SNAPSHOT/maven-metadata.xml
            lab:snap:1-SNAPSHOT       | lab/snap/1-SNAPSHOT/snap-1-20260101.120000-1.jar | lab:snap:jar:1-20260101.120000-1
            """;

    @TempDir
    Path temporary;

    private TestRepository remote;
    private Path local;

    @BeforeEach
    void publish() throws IOException {
        remote = new TestRepository(temporary.resolve("remote"), temporary.resolve("made"));
        local = temporary.resolve("local");
        remote.publish("lab", "base", "1.0", "");
        remote.publishJar("lab", "base", "1.0", "base-1.0-linux.jar");
        remote.publishPom("lab", "parent", "1", "<packaging>pom</packaging>");
        remote.publishPom("lab", "bom", "7", managed(dependency("lab", "base", "1.0", "compile")));
        remote.publishPom(
                "lab",
                "top",
                "3.0",
                "<parent><groupId>lab</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                        + managed(dependency("lab", "bom", "7", "import").replace("<scope>", "<type>pom</type><scope>"))
                        + "<dependencies>" + dependency("lab", "base", "1.0", "compile") + "</dependencies>");
        remote.publishJar("lab", "top", "3.0", "top-3.0.jar");
        publishSnapshot();
    }

    /** A snapshot as {@code mvn deploy} makes it: its files bear the time. */
    private void publishSnapshot() throws IOException {
        Path folder = remote.place("lab", "snap", "1-SNAPSHOT");
        String stamped = "1-20260101.120000-1";
        remote.publishJar("lab", "snap", "1-SNAPSHOT", "snap-" + stamped + ".jar");
        remote.write(
                folder.resolve("snap-" + stamped + ".pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>lab</groupId><artifactId>snap</artifactId>"
                        + "<version>1-SNAPSHOT</version></project>");
        remote.write(
                folder.resolve("maven-metadata.xml"),
                "<metadata modelVersion=\"1.1.0\"><groupId>lab</groupId><artifactId>snap</artifactId>"
                        + "<version>1-SNAPSHOT</version><versioning><snapshot><timestamp>20260101.120000</timestamp>"
                        + "<buildNumber>1</buildNumber></snapshot><lastUpdated>20260101120000</lastUpdated>"
                        + "</versioning></metadata>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = CASES)
    void resolve_wrongChecksum_isRefusedWithBothDigests(String lines, String file, String name) throws IOException {
        Path changed = remote.folder().resolve(file);
        Files.writeString(TestRepository.checksum(changed), WRONG);

        assertThatThrownBy(() -> resolve(lines, remote.url()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(
                        "Cannot resolve the //DEPS lines: a file does not have its repository's checksum:")
                .hasMessageContaining(name + " of the repository test (" + remote.url() + "): its SHA-1 is "
                        + SequenceDigest.ofFile(changed, "SHA-1") + ", and should be " + WRONG)
                .hasMessageContaining("run again");
        assertThatThrownBy(() -> resolve(lines, remote.url()))
                .describedAs("the second time")
                .hasMessageContaining("and should be " + WRONG);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = CASES)
    void resolve_missingChecksum_isRefused(String lines, String file, String name) throws IOException {
        Files.delete(TestRepository.checksum(remote.folder().resolve(file)));

        assertThatThrownBy(() -> resolve(lines, remote.url()))
                .hasMessageContaining(name + " of the repository test (" + remote.url() + ") has no checksum there")
                .hasMessageContaining("mvn deploy")
                .hasMessageContaining("//DEPS libs/NAME.jar");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = CASES)
    void resolve_changedInTheLocalRepository_isRefused(String lines, String file, String name) throws IOException {
        resolve(lines, remote.url());
        Path changed = local.resolve(file.replace("maven-metadata", "maven-metadata-test"));
        Files.writeString(changed, "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> resolve(lines, remote.url()))
                .hasMessageContaining(name + " in the local repository, " + changed + ", from the repository test (")
                .hasMessageContaining("its SHA-1 is " + SequenceDigest.ofFile(changed, "SHA-1") + ", and should be "
                        + Files.readString(TestRepository.checksum(changed)))
                .hasMessageContaining("delete the folder " + changed.getParent());
    }

    @Test
    void resolve_severalWrongOnes_reportsAll() throws IOException {
        Files.writeString(TestRepository.checksum(remote.folder().resolve("lab/base/1.0/base-1.0.jar")), WRONG);
        Files.writeString(TestRepository.checksum(remote.folder().resolve("lab/base/1.0/base-1.0-linux.jar")), WRONG);

        assertThatThrownBy(() -> resolve("lab:base:1.0 lab:base:1.0:linux", remote.url()))
                .hasMessageContaining("2 files do not have their repository's checksum")
                .hasMessageContaining("lab:base:jar:1.0 of")
                .hasMessageContaining("lab:base:jar:linux:1.0 of");
    }

    @ParameterizedTest
    @CsvSource({"'', has no checksum there", "<html>no such file</html>, and should be <html>no"})
    void resolve_checksumThatIsNone_isRefused(String text, String problem) throws IOException {
        Files.writeString(TestRepository.checksum(remote.folder().resolve("lab/base/1.0/base-1.0.jar")), text);

        assertThatThrownBy(() -> resolve("lab:base:1.0", remote.url())).hasMessageContaining(problem);
    }

    @Test
    void resolve_wrongChecksumOverHttp_isRefusedAlsoIfTheSettingsOnlyWarn() throws IOException {
        Files.writeString(TestRepository.checksum(remote.folder().resolve("lab/base/1.0/base-1.0.jar")), WRONG);
        HttpServer server = serve();
        Path settings = Files.writeString(
                temporary.resolve("settings.xml"),
                "<settings><profiles><profile><id>lab</id><activation><activeByDefault>true</activeByDefault></activation>"
                        + "<repositories><repository><id>central</id><url>" + url(server)
                        + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases></repository></repositories>"
                        + "</profile></profiles></settings>");
        try {
            assertThatThrownBy(() -> resolve("lab:base:1.0", withSettings(settings)))
                    .hasMessageContaining("of the repository central (" + url(server) + "): its SHA-1 is ")
                    .hasMessageContaining(WRONG);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void resolve_wrongInOneOfTwoRepositories_isRefused() throws IOException {
        var other = new TestRepository(temporary.resolve("other"), temporary.resolve("made"));
        other.publish("lab", "base", "1.5", "");
        Files.writeString(TestRepository.checksum(other.folder().resolve("lab/base/maven-metadata.xml")), WRONG);

        assertThatThrownBy(() -> new DependencyResolver(TestRepository.only("central", remote.url(), local))
                        .resolve(
                                lines("lab:base:[1.0,2.0)"),
                                List.of(
                                        RepositoryLine.parse("other=" + other.url()),
                                        RepositoryLine.parse("test=" + remote.url()))))
                .hasMessageContaining("lab:base/maven-metadata.xml of the repository other (");
    }

    @Test
    void resolve_onlyMd5_isRefusedAlsoIfItIsRight() throws IOException {
        Path jar = remote.folder().resolve("lab/base/1.0/base-1.0.jar");
        Path md5 = jar.resolveSibling("base-1.0.jar.md5");
        Files.delete(TestRepository.checksum(jar));
        Files.writeString(md5, WRONG.substring(8));
        assertThatThrownBy(() -> resolve("lab:base:1.0", remote.url())).hasMessageContaining("its MD5 is ");
        Files.writeString(md5, SequenceDigest.ofFile(jar, "MD5"));

        for (String time : List.of("fetched", "found in the local repository")) {
            assertThatThrownBy(() -> resolve("lab:base:1.0", remote.url()))
                    .as(time)
                    .hasMessageContaining("lab:base:jar:1.0 in the local repository, ")
                    .hasMessageContaining(" has only an MD5 as its checksum")
                    .hasMessageContaining("SHA-1, SHA-256 or SHA-512");
        }
    }

    @Test
    void resolve_hugeChecksumInTheLocalRepository_isNotReadWhole() throws IOException {
        resolve("lab:base:1.0", remote.url());
        Path checksum = TestRepository.checksum(local.resolve("lab/base/1.0/base-1.0.jar"));
        try (var file = FileChannel.open(checksum, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), Integer.MAX_VALUE + 1L);
        }

        assertThatThrownBy(() -> resolve("lab:base:1.0", remote.url()))
                .hasMessageContaining("cannot be compared with its checksum: ")
                .hasMessageContaining("larger than 65536 bytes");
    }

    @Test
    void resolve_fetchedByMavenWhichOnlyWarned_isRefused() throws IOException {
        Path jar = remote.folder().resolve("lab/base/1.0/base-1.0.jar");
        Files.writeString(TestRepository.checksum(jar), WRONG);
        asMavenDoes("lab:base:1.0");
        Path fetched = local.resolve("lab/base/1.0/base-1.0.jar");
        assertThat(fetched).hasSameBinaryContentAs(jar);
        UnaryOperator<ContextOverrides.Builder> online = TestRepository.only("test", remote.url(), local);

        for (boolean isOffline : List.of(true, false)) {
            assertThatThrownBy(() -> resolve(
                            "lab:base:1.0", builder -> online.apply(builder).offline(isOffline)))
                    .hasMessageContaining("lab:base:jar:1.0 in the local repository, " + fetched)
                    .hasMessageContaining("and should be " + WRONG);
        }
    }

    @Test
    void resolve_fetchedByMavenWithoutAnyChecksum_isRefused() throws IOException {
        Files.delete(TestRepository.checksum(remote.folder().resolve("lab/base/1.0/base-1.0.jar")));
        asMavenDoes("lab:base:1.0");

        assertThatThrownBy(() -> resolve("lab:base:1.0", remote.url()))
                .hasMessageContaining("lab:base:jar:1.0 in the local repository, ")
                .hasMessageContaining("has no checksum beside it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n", "%s  base-1.0.jar\n", "\nSHA1(base-1.0.jar)= %s"})
    void resolve_checksumOfAnEarlierMaven_isRead(String form) throws IOException {
        resolve("lab:base:1.0", remote.url());
        Path jar = local.resolve("lab/base/1.0/base-1.0.jar");
        Path checksum = TestRepository.checksum(jar);
        Files.writeString(
                checksum, form.formatted(SequenceDigest.ofFile(jar, "SHA-1").toUpperCase(Locale.ROOT)));
        assertThat(resolve("lab:base:1.0", remote.url()).jars()).hasSize(1);

        Files.writeString(checksum, form.formatted(WRONG));
        assertThatThrownBy(() -> resolve("lab:base:1.0", remote.url())).hasMessageContaining("should be " + WRONG);
    }

    @Test
    void resolve_addressWithAPassword_doesNotShowIt() throws IOException {
        Files.delete(TestRepository.checksum(remote.folder().resolve("lab/base/1.0/base-1.0.jar")));
        HttpServer server = serve();
        String url = url(server).replace("://", "://ann:secret@");
        try {
            for (String library : List.of("lab:base:1.0", "lab:nothere:1.0")) {
                assertThatThrownBy(() -> resolve(library, url))
                        .hasMessageContaining(url(server))
                        .hasMessageNotContaining("secret");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void resolve_fetchedFromARepositoryThatIsNotAsked_isNotTaken() throws IOException {
        asMavenDoes("lab:base:1.0");
        String empty =
                Files.createDirectories(temporary.resolve("empty")).toUri().toString();

        assertThatThrownBy(() -> resolve("lab:base:1.0", TestRepository.only("another", empty, local)))
                .hasMessageContaining("Cannot resolve a library");
    }

    @Test
    void resolve_installedOnThisMachine_needsNoChecksum() throws IOException {
        var installed = new TestRepository(local, temporary.resolve("made"));
        installed.publish("own", "part", "1", "");
        Path folder = installed.place("own", "part", "1");
        try (var checksums = Files.newDirectoryStream(folder, "*.sha1")) {
            for (Path checksum : checksums) {
                Files.delete(checksum);
            }
        }
        Files.writeString(folder.resolve("_remote.repositories"), "part-1.jar>=\npart-1.pom>=\n");

        assertThat(resolve("own:part:1", remote.url()).jars()).containsExactly(folder.resolve("part-1.jar"));
    }

    @Test
    void resolve_snapshot_keepsTheNameThatItsChecksumHas() throws IOException {
        assertThat(resolve("lab:snap:1-SNAPSHOT", remote.url()).libraries())
                .extracting(Library::name)
                .containsExactly("lab:snap:1-20260101.120000-1");
    }

    /** Fetches as Maven does, which only prints a warning about wrong checksums. */
    private void asMavenDoes(String coordinates) throws IOException {
        try (var context = new StandaloneStaticRuntime()
                .create(TestRepository.only("test", remote.url(), local)
                        .apply(ContextOverrides.create())
                        .checksumPolicy(ContextOverrides.ChecksumPolicy.WARN)
                        .build())) {
            var dependency = new Dependency(new DefaultArtifact(coordinates), "compile");
            var collect = new CollectRequest(dependency, context.remoteRepositories());
            context.repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), new DependencyRequest(collect, null));
        } catch (DependencyResolutionException e) {
            throw new IOException(e);
        }
    }

    private HttpServer serve() {
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                remote.folder(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private UnaryOperator<ContextOverrides.Builder> withSettings(Path settings) {
        return builder -> builder.withUserSettingsXmlOverride(settings).withLocalRepositoryOverride(local);
    }

    private ResolvedLibraries resolve(String lines, String url) throws IOException {
        return resolve(lines, TestRepository.only("test", url, local));
    }

    private static ResolvedLibraries resolve(String lines, UnaryOperator<ContextOverrides.Builder> overrides)
            throws IOException {
        return new DependencyResolver(overrides).resolve(lines(lines));
    }

    private static List<DependencyLine> lines(String coordinates) {
        List<DependencyLine> lines = new ArrayList<>();
        for (String word : coordinates.split(" ")) {
            lines.add(DependencyLine.parse(word, "experiment.java:" + (lines.size() + 1))
                    .orElseThrow());
        }
        return lines;
    }
}
