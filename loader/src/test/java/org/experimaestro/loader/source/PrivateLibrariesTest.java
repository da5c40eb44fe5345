package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class paths that Maven makes for a project that depends on our command line. */
class PrivateLibrariesTest {
    @TempDir
    private Path folder;

    private Path cli;
    private Path picocli;
    private Path nop;
    private Path slf4j;
    private Path theirs;

    @BeforeEach
    void fill() throws IOException {
        cli = library(
                "org.experimaestro",
                "experimaestro-cli",
                needs("info.picocli:picocli", "org.slf4j:slf4j-nop", "junit:junit:test"));
        picocli = library("info.picocli", "picocli", "");
        nop = library("org.slf4j", "slf4j-nop", needs("${project.groupId}:slf4j-api"));
        slf4j = library("org.slf4j", "slf4j-api", "");
        theirs = library("com.example", "theirs", "");
    }

    private static String needs(String... dependencies) {
        StringBuilder text = new StringBuilder("<dependencies>");
        for (String each : dependencies) {
            String[] parts = each.split(":", -1);
            text.append("<dependency><groupId>")
                    .append(parts[0])
                    .append("</groupId><artifactId>")
                    .append(parts[1]);
            text.append("</artifactId>")
                    .append(parts.length > 2 ? "<scope>" + parts[2] + "</scope>" : "")
                    .append("</dependency>");
        }
        return text.append("</dependencies>").toString();
    }

    private static String pom(String group, String artifact, String body) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>%s</groupId><artifactId>%s</artifactId><version>1</version>%s</project>"
                .formatted(group, artifact, body);
    }

    private Path library(String group, String artifact, String body) throws IOException {
        Path place = Files.createDirectories(
                folder.resolve("repository").resolve(group.replace('.', '/')).resolve(artifact + "/1"));
        Files.writeString(place.resolve(artifact + "-1.pom"), pom(group, artifact, body));
        return Files.createFile(place.resolve(artifact + "-1.jar"));
    }

    private Path project(String body) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("project/target/classes"));
        Files.writeString(folder.resolve("project/pom.xml"), pom("com.example", "project", body));
        return classes;
    }

    private Set<Path> among(Path project) throws IOException {
        return PrivateLibraries.among(List.of(cli), List.of(project, theirs, picocli, nop, slf4j));
    }

    @Test
    void among_projectThatUsesOurCommandLine_hasNoneOfItsLibraries() throws IOException {
        Path project = project(needs("org.experimaestro:experimaestro-cli", "com.example:theirs"));

        assertThat(among(project)).containsExactlyInAnyOrder(picocli, nop, slf4j);
    }

    @Test
    void among_librariesThatTheProjectNeedsToo_stay() throws IOException {
        assertThat(among(project(
                        needs("org.experimaestro:experimaestro-cli", "info.picocli:picocli", "org.slf4j:slf4j-api"))))
                .containsExactly(nop);
        assertThat(among(project(needs("org.experimaestro:experimaestro-cli", "org.slf4j:slf4j-nop:test"))))
                .containsExactly(picocli);
        assertThat(among(project(
                        "<profiles><profile><id>x</id>" + needs("info.picocli:picocli") + "</profile></profiles>")))
                .doesNotContain(picocli);
    }

    @Test
    void among_libraryThatATheirLibraryNeeds_stays() throws IOException {
        Files.writeString(
                theirs.resolveSibling("theirs-1.pom"),
                pom("com.example", "theirs", needs("${unknown}:picocli", "org.slf4j:slf4j-api")));

        assertThat(among(project(needs("com.example:theirs")))).containsExactly(nop);
    }

    @Test
    void among_parentOfATheirLibrary_counts() throws IOException {
        library("com.example.base", "base", "<packaging>pom</packaging>" + needs("info.picocli:picocli"));
        Files.writeString(
                theirs.resolveSibling("theirs-1.pom"),
                pom(
                        "com.example",
                        "theirs",
                        "<parent><groupId>com.example.base</groupId><artifactId>base</artifactId><version>1</version></parent>"));
        Path classified = Files.move(theirs, theirs.resolveSibling("theirs-1-linux-x86_64.jar"));
        Path project = project(needs("com.example:theirs"));

        assertThat(PrivateLibraries.among(List.of(cli), List.of(project, classified, picocli, nop)))
                .containsExactly(nop);
    }

    @Test
    void among_parentOfTheProject_counts() throws IOException {
        Files.writeString(
                folder.resolve("pom.xml"),
                pom("com.example", "parent", "<packaging>pom</packaging>" + needs("info.picocli:picocli")));
        Path project = project(
                "<parent><groupId>com.example</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                        + needs("org.experimaestro:experimaestro-cli"));

        assertThat(among(project)).doesNotContain(picocli).contains(nop);
    }

    @Test
    void among_entryWithoutAPom_leavesAllToTheUser() throws IOException {
        Path project = project(needs("org.experimaestro:experimaestro-cli"));
        Path loose = Files.createFile(folder.resolve("loose.jar"));
        Path classes = Files.createDirectories(folder.resolve("out/classes"));

        for (Path unknown : List.of(loose, classes)) {
            assertThat(PrivateLibraries.among(List.of(cli), List.of(project, unknown, picocli)))
                    .isEmpty();
        }
        assertThat(PrivateLibraries.among(List.of(cli), List.of(theirs, picocli)))
                .isEmpty();
    }
}
