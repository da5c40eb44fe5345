package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.PlanException;
import org.experimaestro.settings.MavenOptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenProjectTest {
    @TempDir
    Path folder;

    @Test
    void find_plainModule_isItsOwnRoot() throws IOException {
        pom("lab", "jar", "");
        Files.createDirectories(folder.resolve("lab/experiments/deep"));

        MavenProject project = MavenProject.find(folder.resolve("lab/experiments/deep"), "P", MavenOptions.NONE);

        assertThat(PlanSources.isInMavenProject(folder.resolve("lab/experiments")))
                .isTrue();
        assertThat(PlanSources.isInMavenProject(folder)).isFalse();
        assertThat(project.module()).isEqualTo(folder.resolve("lab"));
        assertThat(project.root()).isEqualTo(folder.resolve("lab"));
        assertThat(project.base()).isEqualTo(folder.resolve("lab"));
    }

    @Test
    void find_nestedReactors_climbsToTheTopmostThatListsIt() throws IOException {
        pom(".", "pom", modules("group"));
        pom("group", "pom", modules("../lab/a"));
        pom("lab", "pom", modules("unrelated"));
        pom("lab/a", "jar", "");

        MavenProject project = MavenProject.find(folder.resolve("lab/a"), "P", MavenOptions.NONE);

        assertThat(project.module()).isEqualTo(folder.resolve("lab/a"));
        assertThat(project.root()).isEqualTo(folder);
        assertThat(project.trees()).containsExactly(folder);
    }

    @Test
    void find_parentThatListsNoModule_bringsItsPomAlone() throws IOException {
        pom(".", "pom", "");
        pom("lab", "jar", "<parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version></parent>");

        MavenProject project = MavenProject.find(folder.resolve("lab"), "P", MavenOptions.NONE);

        assertThat(project.root()).isEqualTo(folder.resolve("lab"));
        assertThat(project.base()).isEqualTo(folder);
        assertThat(project.trees()).containsExactly(folder.resolve("lab"));
        assertThat(project.parents()).containsExactly(folder.resolve("pom.xml"));
    }

    @Test
    void find_modulesBesideTheRoot_areTreesOfTheirOwn() throws IOException {
        pom(
                "root",
                "pom",
                modules("../a") + "<profiles><profile><modules><module>../b</module></modules>"
                        + "</profile></profiles>");
        pom("a", "jar", "");
        pom("b", "jar", "");
        Files.createDirectories(folder.resolve("a/src/main/java/x"));
        Files.writeString(folder.resolve("a/src/main/java/x/Outer.java"), "");

        MavenProject project = MavenProject.find(folder.resolve("root"), "x.Outer.Plan", MavenOptions.NONE);

        assertThat(project.module()).isEqualTo(folder.resolve("a"));
        assertThat(project.base()).isEqualTo(folder);
        assertThat(project.trees()).containsExactly(folder.resolve("a"), folder.resolve("b"), folder.resolve("root"));
    }

    @Test
    void find_classInNoModule_listsTheModules() throws IOException {
        pom(".", "pom", modules("a"));
        pom("a", "jar", "");

        assertThatThrownBy(() -> MavenProject.find(folder, "x.P", MavenOptions.NONE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("none has a source of that name")
                .hasMessageContaining("Modules: a");
    }

    @Test
    void find_noPom_saysWhatToDo() {
        assertThatThrownBy(() -> MavenProject.find(folder, "x.P", MavenOptions.NONE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("there is no Maven project in or above " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<project><modules></project>", "<project>", "<?xml version=\"1.0\" encoding=\"none\"?>"})
    void find_brokenPom_isNamed(String text) throws IOException {
        Files.writeString(folder.resolve("pom.xml"), text);

        assertThatThrownBy(() -> MavenProject.find(folder, "x.P", MavenOptions.NONE))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(folder.resolve("pom.xml") + ": Cannot read the Maven project");
    }

    @Test
    void dependencies_withoutTheirNames_areLeftOut() throws IOException {
        Pom pom = Pom.read(Files.writeString(folder.resolve("pom.xml"), """
                <project><parent/><artifactId>b</artifactId><modules><module>a\0</module></modules><dependencies><dependency><version>1</version></dependency>
                <dependency><groupId>a</groupId><artifactId>c</artifactId></dependency></dependencies></project>
                """));

        assertThat(pom.dependencies(true)).containsExactly("a:c");
        assertThat(pom.coordinates()).isEqualTo(":b");
        assertThat(pom.findParentInRepository()).isEmpty();
        assertThat(pom.modules()).isEmpty();
    }

    @Nested
    class Inputs {
        private final Path index = Path.of("index");

        @Test
        void read_projectWithOutputs_leavesThemOut() throws IOException {
            pom(".", "jar", "");
            for (String name : new String[] {
                "src/main/java/acme/target/A.java",
                ".mvn/maven.config",
                ".editorconfig",
                "jobs/notes.txt",
                "target/x",
                ".git/x",
                ".idea/x",
                "node_modules/x",
                "runs/.experimaestro.json",
                "runs/jobs/x"
            }) {
                write(name, "x");
            }

            assertThat(read().files().keySet())
                    .containsExactly(
                            ".editorconfig",
                            ".mvn/maven.config",
                            "jobs/notes.txt",
                            "pom.xml",
                            "src/main/java/acme/target/A.java");
        }

        @Test
        void read_workspaceInTheProjectsOwnFolder_leavesItsJobsOut() throws IOException {
            pom(".", "jar", "");
            write(".experimaestro.json", "x");
            for (String name : new String[] {
                "jobs/x",
                "classpath/x",
                "experiments/debug/runs/x",
                "experiments/debug/results/x",
                "batches/20261123-215617-3f2a9c11/log-0.log",
                ".experimaestro-id"
            }) {
                write(name, "x");
            }
            write("experiments/debug.yaml", "x");
            write("src/jobs/A.java", "x");

            assertThat(read().files().keySet()).containsExactly("experiments/debug.yaml", "pom.xml", "src/jobs/A.java");
        }

        @Test
        void read_unchangedFile_isNotReadAgain() throws IOException {
            pom(".", "jar", "");
            Path file = write("src/A.java", "one");
            FileTime settled = FileTime.from(Instant.now().minusSeconds(60));
            Files.setLastModifiedTime(file, settled);
            String first = read().digest();
            // The size and the time are the same, so only a reading shows the difference.
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, settled);

            assertThat(read().digest()).isEqualTo(first);

            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(30)));
            assertThat(read().digest()).isNotEqualTo(first);
        }

        @Test
        void read_fileChangedJustNow_isAlwaysRead() throws IOException {
            pom(".", "jar", "");
            Path file = write("src/A.java", "one");
            FileTime time = Files.getLastModifiedTime(file);
            String first = read().digest();
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, time);

            assertThat(read().digest()).isNotEqualTo(first);
        }

        @Test
        void read_linkLoopsAndBrokenLinks_end() throws IOException {
            pom(".", "jar", "");
            Files.createSymbolicLink(folder.resolve("loop"), folder);
            Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nowhere"));
            Files.createSymbolicLink(folder.resolve("linked.xml"), folder.resolve("pom.xml"));

            assertThat(read().files().keySet()).containsExactly("linked.xml", "pom.xml");
        }

        @Test
        void read_linksAmongSources_areFollowed() throws IOException {
            pom("lab", "jar", "");
            write("shared/acme/A.java", "");
            Files.createDirectories(folder.resolve("lab/src/main/java"));
            Files.createSymbolicLink(folder.resolve("lab/src/main/java/acme"), folder.resolve("shared/acme"));
            Files.createSymbolicLink(folder.resolve("shared/acme/loop"), folder.resolve("shared/acme"));
            Files.createSymbolicLink(folder.resolve("lab/data"), folder.resolve("shared"));
            Path books = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-books"));

            assertThat(MavenInputs.read(
                                    MavenProject.find(folder.resolve("lab"), "P", MavenOptions.NONE),
                                    books.resolve("links"))
                            .files()
                            .keySet())
                    .containsExactly("pom.xml", "src/main/java/acme/A.java");
        }

        @Test
        @Timeout(60)
        void read_pipeInThePlaceOfTheIndex_readsTheFilesAnew() throws Exception {
            pom(".", "jar", "");
            Path books = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-books"));
            Path pipe = books.resolve(index);
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();

            assertThat(read().files()).containsOnlyKeys("pom.xml");
            assertThat(MavenInputs.load(pipe)).containsOnlyKeys("pom.xml");
        }

        private MavenInputs read() throws IOException {
            Path books = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-books"));
            return MavenInputs.read(MavenProject.find(folder, "P", MavenOptions.NONE), books.resolve(index));
        }

        private Path write(String name, String text) throws IOException {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        }
    }

    @Nested
    class OutsideOfTheProject {

        @Test
        void find_relativePathsInThePom_takePart() throws IOException {
            pom("lab/a", "jar", """
                    <properties><shared.dir>../../more</shared.dir></properties>
                    <repositories><repository><id>r</id><url>file:${project.basedir}/../../repository</url></repository></repositories>
                    <build>
                      <sourceDirectory>../../shared-src</sourceDirectory>
                      <resources><resource><directory>${shared.dir}/words</directory></resource></resources>
                      <plugins><plugin><artifactId>a</artifactId><configuration>
                        <sources><source>${basedir}/../generated</source></sources>
                        <outputDirectory>../../made</outputDirectory>
                        <header>../../header.txt</header>
                        <root>../..</root>
                        <gone>../gone</gone>
                        <text>one ../two three</text>
                      </configuration></plugin></plugins>
                    </build>
                    """);
            for (String name :
                    List.of("repository", "shared-src", "more/words", "lab/generated", "made", "unrelated")) {
                Files.createDirectories(folder.resolve(name));
            }
            Files.writeString(folder.resolve("header.txt"), "");

            MavenProject project = MavenProject.find(folder.resolve("lab/a"), "P", MavenOptions.NONE);

            assertThat(project.base()).isEqualTo(folder);
            assertThat(project.trees())
                    .containsExactlyInAnyOrder(
                            folder.resolve("lab/a"),
                            folder.resolve("repository"),
                            folder.resolve("shared-src"),
                            folder.resolve("more"),
                            folder.resolve("lab/generated"));
            assertThat(project.files()).containsExactly(folder.resolve("header.txt"));
        }

        @Test
        void find_pathsOfAParentPom_startFromItsHeirs() throws IOException {
            pom(".", "pom", modules("group/a") + "<build><sourceDirectory>../../../shared</sourceDirectory></build>");
            pom("group/a", "jar", "");
            Path shared = Files.createDirectories(folder.resolveSibling("shared"));
            try {
                assertThat(MavenProject.find(folder.resolve("group/a"), "P", MavenOptions.NONE)
                                .trees())
                        .containsExactlyInAnyOrder(folder, shared);
            } finally {
                Files.delete(shared);
            }
        }

        @Test
        void find_absolutePaths_areUsedWhereTheyAre() throws IOException {
            Path sources = Files.createDirectories(folder.resolve("elsewhere"));
            pom("lab", "jar", "<build><sourceDirectory>" + sources + "</sourceDirectory></build>");

            MavenProject project = MavenProject.find(folder.resolve("lab"), "P", MavenOptions.NONE);

            assertThat(project.trees()).containsExactly(folder.resolve("lab"));
            assertThat(project.inPlace()).containsExactly(sources);
        }

        @Test
        void readInPlace_largeUnreadableAndLinked_countsWhatItCan() throws IOException {
            Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
            Files.writeString(elsewhere.resolve("words.txt"), "a b");
            Path large = elsewhere.resolve("large.bin");
            try (var file = new RandomAccessFile(large.toFile(), "rw")) {
                file.setLength(3L << 30);
            }
            Path closed = Files.createDirectory(elsewhere.resolve("closed"));
            Files.createFile(closed.resolve("file"));
            Files.setPosixFilePermissions(closed, Set.of());
            Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
            pom("lab", "jar", "<build><sourceDirectory>" + link + "</sourceDirectory></build>");
            MavenProject project = MavenProject.find(folder.resolve("lab"), "P", MavenOptions.NONE);
            Path index = folder.resolve("lab/target/in-place");
            try {
                MavenInputs inputs = MavenInputs.readInPlace(project, index);

                assertThat(inputs.files().keySet())
                        .extracting(name -> Path.of("/").resolve(name))
                        .contains(link.resolve("words.txt"), link.resolve("large.bin"));
                assertThat(MavenInputs.readInPlace(project, index).digest()).isEqualTo(inputs.digest());
                Files.setLastModifiedTime(large, FileTime.fromMillis(1));
                assertThat(MavenInputs.readInPlace(project, index).digest()).isNotEqualTo(inputs.digest());
            } finally {
                Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
            }
        }

        @Test
        void find_propertyOfTheUser_countsMoreThanThePoms() throws IOException {
            pom(
                    "lab",
                    "jar",
                    "<properties><dir>src</dir></properties>"
                            + "<build><sourceDirectory>${dir}</sourceDirectory></build>");
            Files.createDirectories(folder.resolve("other"));

            assertThat(MavenProject.find(
                                    folder.resolve("lab"),
                                    "P",
                                    new MavenOptions(List.of(), new TreeMap<>(Map.of("dir", "../other"))))
                            .trees())
                    .containsExactlyInAnyOrder(folder.resolve("lab"), folder.resolve("other"));
        }

        @Test
        void find_optionsOfMavenAboveTheRoot_takePart() throws IOException {
            pom("lab", "jar", "");
            Files.createDirectories(folder.resolve(".mvn"));

            assertThat(MavenProject.find(folder.resolve("lab"), "P", MavenOptions.NONE)
                            .trees())
                    .containsExactlyInAnyOrder(folder.resolve("lab"), folder.resolve(".mvn"));
        }

        @Test
        void find_planAmongTests_isRefusedWithWhatToDo() throws IOException {
            pom("lab", "jar", "");
            Files.createDirectories(folder.resolve("lab/src/test/java/acme"));
            Files.writeString(folder.resolve("lab/src/test/java/acme/Outer.java"), "");

            assertThatThrownBy(() -> MavenProject.find(folder.resolve("lab"), "acme.Outer.Plan", MavenOptions.NONE))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("its source is in " + folder.resolve("lab/src/test"))
                    .hasMessageContaining("move it to src/main");
        }
    }

    private static String modules(String name) {
        return "<modules><module>" + name + "</module></modules>";
    }

    private void pom(String place, String packaging, String body) throws IOException {
        Path module = Files.createDirectories(folder.resolve(place));
        Files.writeString(
                module.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>p</artifactId>"
                        + "<version>1</version><packaging>" + packaging + "</packaging>" + body + "</project>");
    }
}
