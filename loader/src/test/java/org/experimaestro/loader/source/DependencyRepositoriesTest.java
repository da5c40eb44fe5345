package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.loader.source.TestRepository.dependency;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The repositories that are used: those of the user's settings and of the plan's sources, and no others. */
class DependencyRepositoriesTest {
    /** An address that no host has (RFC 5737). */
    private static final String ELSEWHERE = "http://192.0.2.1/maven";

    private static final String SETTINGS_WITH_ELSEWHERE =
            "<profiles><profile><id>lab</id><activation><activeByDefault>true</activeByDefault></activation>"
                    + "<repositories><repository><id>lab</id><url>" + ELSEWHERE
                    + "</url></repository></repositories></profile></profiles>";

    @TempDir
    Path temporary;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private TestRepository remote;
    private TestRepository foreign;
    private String foreignUrl;
    private Path local;

    @BeforeEach
    void publish() throws IOException {
        local = temporary.resolve("local");
        remote = new TestRepository(temporary.resolve("remote"), temporary.resolve("made"));
        foreign = new TestRepository(temporary.resolve("foreign"), temporary.resolve("made"));
        remote.publish("lab", "base", "1.0", "");
        foreign.publish("far", "off", "1.0", "");
        foreignUrl = serve(SimpleFileServer.createFileHandler(foreign.folder()));
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void resolve_repositoryOfALibrarysPom_isNotAskedButNamed() throws IOException {
        publishThatNames(foreignUrl, "<dependencies>" + dependency("far", "off", "1.0", "compile") + "</dependencies>");

        assertThatThrownBy(() -> resolve("lab:top:1.0"))
                .hasMessageContaining("experiment.java:1: lab:top:1.0: Could not find artifact far:off:")
                .hasMessageContaining("The pom of lab:top:pom:1.0 names a repository that is not asked")
                .hasMessageContaining("if you trust it, write //REPOS central,far=" + foreignUrl);
        assertThat(requests).isEmpty();

        assertThat(resolve("lab:top:1.0", online(), "test=" + remote.url(), "far=" + foreignUrl)
                        .libraries())
                .extracting(Library::name)
                .containsExactly("lab:top:1.0", "far:off:1.0");
    }

    @Test
    void resolve_parentInARepositoryOfThePom_isNotAskedButNamed() throws IOException {
        foreign.publishPom("far", "parent", "1", "<packaging>pom</packaging>");
        publishThatNames(
                "${where}",
                "<parent><groupId>far</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                        + "<properties><where>" + foreignUrl + "</where></properties>");

        assertThatThrownBy(() -> resolve("lab:top:1.0", online(), "test=" + remote.url()))
                .hasMessageContaining("far:parent:pom:1")
                .hasMessageContaining("if you trust it, write //REPOS far=" + foreignUrl);
        assertThat(requests).isEmpty();
    }

    @Test
    void resolve_repositoryOfAnImportedPom_isNotAsked() throws IOException {
        publishThatNames(
                foreignUrl,
                TestRepository.managed(
                        dependency("far", "off", "1.0", "import").replace("<scope>", "<type>pom</type><scope>")));

        assertThatThrownBy(() -> resolve("lab:top:1.0@pom lab:base:1.0")).hasMessageContaining("far:off:pom:1.0");
        assertThat(requests).isEmpty();
    }

    @Test
    void resolve_pomNamesAnAddressWithoutEncryption_isNotProposed() throws IOException {
        publishThatNames(ELSEWHERE, "<dependencies>" + dependency("far", "off", "1.0", "compile") + "</dependencies>");

        assertThatThrownBy(() -> resolve("lab:top:1.0"))
                .hasMessageContaining("\"far=" + ELSEWHERE + "\" is not encrypted")
                .hasMessageNotContaining("if you trust it");
    }

    @Test
    void resolve_pomNamesARepositoryThatIsAsked_isNotToldOf() throws IOException {
        publishThatNames(
                remote.url() + "/", "<dependencies>" + dependency("far", "off", "1.0", "compile") + "</dependencies>");

        assertThatThrownBy(() -> resolve("lab:top:1.0")).hasMessageNotContaining("names a repository");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SETTINGS_WITH_ELSEWHERE,
                "<mirrors><mirror><id>lab</id><mirrorOf>*</mirrorOf><url>" + ELSEWHERE + "</url></mirror></mirrors>"
            })
    void resolve_settingsNameAnAddressWithoutEncryption_isNotAsked(String settings) throws IOException {
        assertThatThrownBy(() -> resolve("lab:base:1.0", withSettings(settings), "central=" + foreignUrl))
                .hasMessageContaining("The repository lab")
                .hasMessageContaining(" of your Maven settings is not asked: " + ELSEWHERE
                        + " is not encrypted, so that anybody on the way could change the libraries; write https://");
    }

    @Test
    void resolve_blockedByTheMirrorOfMavensOwnSettings_namesWhatIsMirrored() {
        String settings =
                "<mirrors><mirror><id>blocker</id><mirrorOf>external:http:*</mirrorOf><url>http://0.0.0.0/</url>"
                        + "<blocked>true</blocked></mirror></mirrors>" + SETTINGS_WITH_ELSEWHERE;

        assertThatThrownBy(() -> resolve("lab:base:1.0", withSettings(settings), "central=" + foreignUrl))
                .hasMessageContaining("The repository blocker, a mirror of lab (" + ELSEWHERE
                        + "), of your Maven settings is not asked");
    }

    @Test
    void resolve_anotherRepositoryWithoutEncryption_doesNoHarm() throws IOException {
        assertThat(resolve("lab:base:1.0", withSettings(SETTINGS_WITH_ELSEWHERE), "test=" + remote.url())
                        .jars())
                .hasSize(1);
    }

    @Test
    void resolve_repositoryLeadsElsewhere_isFollowedOnlyIfTheSettingsSaySo() throws IOException {
        String leading = serve(exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", foreignUrl + exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertThatThrownBy(() -> resolve("far:off:1.0", TestRepository.only("lead", leading, local)))
                .hasMessageContaining("302")
                .hasMessageContaining("What a repository leads to is not followed")
                .hasMessageContaining("aether.connector.http.followRedirects.NAME");
        assertThat(requests).noneMatch(path -> path.startsWith(foreignUrl));

        String settings =
                "<profiles><profile><id>lab</id><activation><activeByDefault>true</activeByDefault></activation>"
                        + "<properties><aether.connector.http.followRedirects.lead>true</aether.connector.http.followRedirects.lead>"
                        + "</properties></profile></profiles>";
        assertThat(resolve("far:off:1.0", withSettings(settings), "lead=" + leading)
                        .jars())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/m",
                "HTTP://LOCALHOST/m",
                "http://127.0.0.1:80/m",
                "http://127.8.9.10/m",
                "http://[::1]:8080/m",
                "http://[0:0:0:0:0:0:0:1]/m",
                "https://lab.org/m",
                "file:///m"
            })
    void leavesThisMachine_encryptedOrHere_isFalse(String url) {
        assertThat(PlainHttp.leavesThisMachine(url)).isFalse();
        assertThat(RepositoryLine.parse("lab=" + url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://lab.org/m",
                "HTTP://lab.org/m",
                "http://localhost.lab.org/m",
                "http://127.0.0.1.lab.org/m",
                "http://localhost@lab.org/m",
                "http://10.0.0.1/m",
                "http://0.0.0.0/m",
                "http://[::2]/m",
                "http://lab_1/m"
            })
    void leavesThisMachine_neither_isTrue(String url) {
        assertThat(PlainHttp.leavesThisMachine(url)).isTrue();
        assertThatThrownBy(() -> RepositoryLine.parse("lab=" + url)).isInstanceOf(IllegalArgumentException.class);
    }

    private void publishThatNames(String url, String body) throws IOException {
        remote.publish("lab", "top", "1.0", "");
        remote.publishPom(
                "lab",
                "top",
                "1.0",
                body + "<repositories><repository><id>far</id><url>" + url + "</url></repository></repositories>");
    }

    /** Serves at an address of this machine, and records the requests. */
    private String serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://localhost:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            requests.add(url + exchange.getRequestURI().getPath());
            handler.handle(exchange);
        });
        server.start();
        servers.add(server);
        return url;
    }

    private UnaryOperator<ContextOverrides.Builder> online() {
        return TestRepository.only("central", remote.url(), local);
    }

    private UnaryOperator<ContextOverrides.Builder> withSettings(String settings) throws IOException {
        Path file = Files.writeString(temporary.resolve("settings.xml"), "<settings>" + settings + "</settings>");
        return builder -> builder.withUserSettingsXmlOverride(file).withLocalRepositoryOverride(local);
    }

    private ResolvedLibraries resolve(String lines) throws IOException {
        return resolve(lines, online());
    }

    private static ResolvedLibraries resolve(
            String lines, UnaryOperator<ContextOverrides.Builder> overrides, String... repositories)
            throws IOException {
        List<DependencyLine> libraries = new ArrayList<>();
        for (String word : lines.split(" ")) {
            libraries.add(DependencyLine.parse(word, "experiment.java:" + (libraries.size() + 1))
                    .orElseThrow());
        }
        return new DependencyResolver(overrides)
                .resolve(
                        libraries,
                        List.of(repositories).stream()
                                .map(RepositoryLine::parse)
                                .toList());
    }
}
