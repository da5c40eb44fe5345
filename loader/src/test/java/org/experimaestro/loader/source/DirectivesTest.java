package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(folder.resolve("libs"));
        ClassesJar.write(Files.createDirectories(folder.resolve("classes")), folder.resolve("libs/here.jar"));
        Files.writeString(folder.resolve("libs/text.jar"), "no jar");
    }

    @Test
    void libraries_severalPerLine_areReadInOrderWithTheirPlaces() throws IOException {
        assertThat(libraries("""
                ///usr/bin/env jbang
                //DEPS a:b:1.0 c.d:e-f:2.0,g:h:3 ; i:j:4
                //DEPS\tk:l:5 // the fast one
                //DEPS m:n:6  # and this
                //DEPSY and so on
                // DEPS are below
                """))
                .extracting(line -> line.coordinates() + " " + line.location())
                .containsExactly(
                        "a:b:1.0 experiment.java:2",
                        "c.d:e-f:2.0 experiment.java:2",
                        "g:h:3 experiment.java:2",
                        "i:j:4 experiment.java:2",
                        "k:l:5 experiment.java:3",
                        "m:n:6 experiment.java:4");
    }

    @Test
    void libraries_classifierTypeBomAndRange_areTakenApart() throws IOException {
        List<DependencyLine> lines = libraries(
                "//DEPS a:b:1.0:linux@so a:bom:2@pom a:c a:d:[1.0,2.0) a:e:1-SNAPSHOT a:f:1@test-jar a:g:1+2_x@fatjar");

        assertThat(lines.get(0)).isEqualTo(new DependencyLine("a", "b", "1.0", "linux", "so", "experiment.java:1"));
        assertThat(lines.get(1).isBillOfMaterials()).isTrue();
        assertThat(lines.get(2).version()).isEmpty();
        assertThat(lines.get(3).version()).isEqualTo("[1.0,2.0)");
        assertThat(lines)
                .extracting(DependencyLine::isChanging)
                .containsExactly(false, false, false, true, true, false, false);
        assertThat(lines.get(5).type()).isEqualTo("test-jar");
        assertThat(lines.get(6).fileType()).isEqualTo("jar");
        assertThat(lines.get(6).hasAllItNeeds()).isTrue();
    }

    @Test
    void libraries_inAllFiles_eachCountsOnce() throws IOException {
        Files.writeString(folder.resolve("Helper.java"), "//DEPS a:b:1\n");

        assertThat(libraries("//DEPS a:b:1\n")).hasSize(1);
    }

    @Test
    void libraries_wordOfManyLetters_isRefused() {
        assertThatThrownBy(() -> libraries("//DEPS " + "a".repeat(100_000) + "\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("is not group:artifact:version");
    }

    @Test
    void libraries_insideTextsAndComments_areNone() throws IOException {
        assertThat(libraries("""
                //DEPS a:b:1
                /*
                //DEPS c:d:1
                */
                class A {
                    String text = \"""
                //DEPS e:f:1
                \\\"""
                //DEPS g:h:1
                \""";
                    char quote = '"'; String slashes = "//DEPS i:j:1 \\"";
                }
                //DEPS k:l:1
                """)).extracting(DependencyLine::coordinates).containsExactly("a:b:1", "k:l:1");
    }

    @Test
    void libraries_wrongWordsAndTwoVersions_reportsAll() throws IOException {
        Files.writeString(folder.resolve("Helper.java"), "\n//DEPS a:b:1\n");

        assertThatThrownBy(() -> libraries("//DEPS commons-csv a:b:2\n//DEPS g:a:1!x:y"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java:1: \"commons-csv\" is not group:artifact:version")
                .hasMessageContaining("experiment.java:1: a:b:2 stands at Helper.java:2 with version 1")
                .hasMessageContaining("experiment.java:2: \"g:a:1!x:y\" is not group:artifact:version")
                .hasMessageContaining("cannot be left out here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            //DEP a:b:1                | there is no directive //DEP; did you mean //DEPS?
            //DEPENDENCIES a:b:1       | there is no directive //DEPENDENCIES; did you mean //DEPS?
            //deps a:b:1               | there is no directive //deps; did you mean //DEPS?
            //DEPS: a:b:1!             | "a:b:1!" is not group:artifact:version
            //DEPENDENCY a:b:1         | there is no directive //DEPENDENCY; did you mean //DEPS?
            //DEPENDS a:b:1            | there is no directive //DEPENDS; did you mean //DEPS?
            //IMPORT a:b:1             | there is no directive //IMPORT; did you mean //DEPS?
            //IMPORT utils/A.java      | there is no directive //IMPORT; did you mean //SOURCES?
            //REQUIRES: a:b:[1,2)      | there is no directive //REQUIRES; did you mean //DEPS?
            //MAVEN a:b:1:linux        | there is no directive //MAVEN; did you mean //DEPS?
            //MAVEN x=https://lab.org/m | there is no directive //MAVEN; did you mean //REPOS?
            //depends a:b:1            | there is no directive //depends; did you mean //DEPS?
            //LIB libs/here.jar        | there is no directive //LIB; did you mean //DEPS?
            //REPO https://lab.org/m   | there is no directive //REPO; did you mean //REPOS?
            //SOURCE a/B.java          | there is no directive //SOURCE; did you mean //SOURCES?
            //JAVA_OPTION -Xmx1g       | there is no directive //JAVA_OPTION; did you mean //JAVA_OPTIONS?
            // DEPS a:b:1              | //DEPS must begin its line, with no space before its name
            class A {} //DEPS          | -
            //DEPS https://github.com/a/b | is an address; write the coordinates
            //DEPS libs/gone.jar       | is no library: there is no file
            //DEPS libs/text.jar       | cannot be read as a jar
            //DEPS a:b:${nowhere}      | there is no variable ${nowhere}; set it, or write a default
            //REPOS lab                | "lab" is no repository
            //REPOS lab=http://lab.org/m | is not encrypted
            //REPOS a=https://x.org/1 a=https://x.org/2 | has another address elsewhere: https://x.org/1
            //JAVA 17                  | //JAVA 17 does not fit Java
            //JAVA 999+                | run with a newer JDK
            //JAVA new                 | is no release of Java
            //JAVA_OPTIONS -Xmx1g      | //JAVA_OPTIONS cannot be used: set it for the jobs in the YAML file
            //RUNTIME_OPTIONS -ea      | //RUNTIME_OPTIONS cannot be used: set it for the jobs
            //JAVAC_OPTIONS -Xlint     | //JAVAC_OPTIONS cannot be used: sources are compiled with
            //COMPILE_OPTIONS -Xlint   | //COMPILE_OPTIONS cannot be used: sources are compiled with
            //NATIVE_OPTIONS -O2       | //NATIVE_OPTIONS cannot be used
            //FILES a.txt              | //FILES cannot be used: name the file in the settings
            //MAIN acme.Plan           | //MAIN cannot be used
            //MODULE acme              | //MODULE cannot be used
            //MANIFEST a=b             | //MANIFEST cannot be used
            //PREVIEW                  | //PREVIEW cannot be used
            //JAVAAGENT                | //JAVAAGENT cannot be used
            //KOTLIN 2.0               | //KOTLIN cannot be used
            //GROOVY 3.0               | //GROOVY cannot be used
            """)
    void of_whatCannotBeUsed_isRefusedWithItsLine(String line, String problem) throws IOException {
        if (problem.equals("-")) {
            assertThat(libraries(line)).isEmpty();
            return;
        }
        assertThatThrownBy(() -> libraries("\n" + line + "\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java:2: ")
                .hasMessageContaining(problem);
    }

    @Test
    void of_indented_isRefused() {
        assertThatThrownBy(() -> libraries("  //DEPS a:b:1\n\t//SOURCES a/B.java\n"))
                .hasMessageContaining("experiment.java:1: //DEPS must begin its line")
                .hasMessageContaining("experiment.java:2: //SOURCES must begin its line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//DESCRIPTION What it does: a lot",
                "//DOCS https://lab.org/docs",
                "//GAV lab:plan:1",
                "//CDS",
                "//NOINTEGRATIONS",
                "//JAVA 17+",
                "//TODO: a:b:1 is old",
                "//NOTE see https://lab.org",
                "//GAP between",
                "//IMPORT everything that is needed",
                "//import java.util.List;",
                "//import static org.lab.Tools.*;",
                "//requires https://lab.org/data to be there",
                "// REQUIRES https://lab.org/data",
                "// requires a:b:1 at run time",
                "//REQUIRES -Xmx2g",
                "//DEPENDS on the weather",
                "//MAVEN: see the manual",
                "//MAIN",
                "//java is nice",
                "//",
                "///DEPS a:b:1",
                "//DEPS",
                "// deps: none"
            })
    void of_whatTellsOnly_changesNothing(String line) throws IOException {
        assertThat(read(line)).isEqualTo(new Directives(List.of(), List.of(), List.of()));
    }

    @Test
    void of_variables_areReplaced() throws IOException {
        System.setProperty("directives.test", "7");
        try {
            assertThat(
                            libraries(
                                    "//DEPS a:b:${directives.test} a:c:${nowhere:1.5}:${os.detected.name:x} a:d:1${env.NOWHERE:}"))
                    .extracting(DependencyLine::version)
                    .containsExactly("7", "1.5", "1");
        } finally {
            System.clearProperty("directives.test");
        }
    }

    @Test
    void of_jarsOfThisMachine_startFromTheirSourcesFolder() throws IOException {
        assertThat(read("//DEPS libs/here.jar a:b:1 ./libs/../libs/here.jar " + folder.resolve("libs/here.jar"))
                        .jars())
                .containsExactly(folder.resolve("libs/here.jar"));
    }

    @Test
    void of_repositories_knownAndNamedOnes() throws IOException {
        assertThat(read("//REPOS central,lab=https://lab.org/maven\n//REPOS https://x.org/m http://localhost:8080/m\n")
                        .repositories())
                .containsExactly(
                        new RepositoryLine("central", "https://repo.maven.apache.org/maven2/"),
                        new RepositoryLine("lab", "https://lab.org/maven"),
                        new RepositoryLine("https-x.org-m", "https://x.org/m"),
                        new RepositoryLine("http-localhost-8080-m", "http://localhost:8080/m"));
    }

    @Test
    void sources_pathsAndPatterns_areReadWithThoseThatTheyName() throws IOException {
        source("plan/utils/deep/A.java", "//SOURCES ../../../shared/C.java\n//DEPS a:b:1\n");
        source("plan/utils/B.java", "");
        source("plan/utils/module-info.java", "");
        source("shared/C.java", "//SOURCES D.java\n");
        source("shared/D.java", "");
        source("plan/experiment.java", "//SOURCES utils/**/*.java\n//SOURCES utils/B.java\n");

        SourceFolder read = SourceFolder.read(folder.resolve("plan/experiment.java"));

        assertThat(read.sources())
                .extracting(SourceFile::fileName)
                .containsExactly(
                        "experiment.java", "utils/B.java", "utils/deep/A.java", "../shared/C.java", "../shared/D.java");
        assertThat(Directives.of(read).libraries())
                .extracting(DependencyLine::location)
                .containsExactly("utils/deep/A.java:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothere/A.java", "nothere/*.java", "[", "classes", "utils/[*.java"})
    void sources_thatNameNothing_areRefusedWithTheirLine(String pattern) throws IOException {
        source("experiment.java", "\n//SOURCES " + pattern + "\n");

        assertThatThrownBy(() -> SourceFolder.read(folder.resolve("experiment.java")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java:2: \"" + pattern + "\" ");
    }

    private void source(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<DependencyLine> libraries(String text) throws IOException {
        return read(text).libraries();
    }

    private Directives read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.java"), text);
        return Directives.of(SourceFolder.read(file));
    }
}
