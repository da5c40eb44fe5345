package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenProjectTest {
    @TempDir
    Path folder;

    @Test
    void find_plainModule_isItsOwnRoot() throws IOException {
        pom("lab", "jar", "");
        Files.createDirectories(folder.resolve("lab/experiments/deep"));

        MavenProject project = MavenProject.find(folder.resolve("lab/experiments/deep"), "P");

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

        MavenProject project = MavenProject.find(folder.resolve("lab/a"), "P");

        assertThat(project.module()).isEqualTo(folder.resolve("lab/a"));
        assertThat(project.root()).isEqualTo(folder);
        assertThat(project.trees()).containsExactly(folder);
    }

    @Test
    void find_parentThatListsNoModule_bringsItsPomAlone() throws IOException {
        pom(".", "pom", "");
        pom("lab", "jar", "<parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version></parent>");

        MavenProject project = MavenProject.find(folder.resolve("lab"), "P");

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

        MavenProject project = MavenProject.find(folder.resolve("root"), "x.Outer.Plan");

        assertThat(project.module()).isEqualTo(folder.resolve("a"));
        assertThat(project.base()).isEqualTo(folder);
        assertThat(project.trees()).containsExactly(folder.resolve("a"), folder.resolve("b"), folder.resolve("root"));
    }

    @Test
    void find_classInNoModule_listsTheModules() throws IOException {
        pom(".", "pom", modules("a"));
        pom("a", "jar", "");

        assertThatThrownBy(() -> MavenProject.find(folder, "x.P"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("none has a source of that name")
                .hasMessageContaining("Modules: a");
    }

    @Test
    void find_noPom_saysWhatToDo() {
        assertThatThrownBy(() -> MavenProject.find(folder, "x.P"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("there is no Maven project in or above " + folder);
    }

    @Test
    void find_brokenPom_isNamed() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<project><modules></project>");

        assertThatThrownBy(() -> MavenProject.find(folder, "x.P"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(folder.resolve("pom.xml") + ": Cannot read the Maven project");
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
            for (String name :
                    new String[] {"jobs/x", "classpath/x", "experiments/debug/runs/x", "experiments/debug/results/x"}) {
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
            // The same size and time: only somebody who reads it sees the difference.
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

        private MavenInputs read() throws IOException {
            Path books = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-books"));
            return MavenInputs.read(MavenProject.find(folder, "P"), books.resolve(index));
        }

        private Path write(String name, String text) throws IOException {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
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
