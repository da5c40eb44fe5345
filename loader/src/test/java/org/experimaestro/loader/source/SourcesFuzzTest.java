package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.PlanException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesFuzzTest {
    private static final String SOURCE = """
            ///usr/bin/env jbang
            //DEPS a:b:1.0:linux@so c.d:e-f:[1.0,2.0),g:h:3 ; i:bom:4@pom // the fast one
            //DEPS k:l:${version:5} # and this
            //REPOS central acme=https://repo.acme.org/maven2
            //JAVA 17+
            class A {
              /* //DEPS not:this:1 */
              String text = \"""
                //DEPS nor:this:1 \\\"""
                \""" + "//" + '"';
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void directives_ofAnySource_areReadOrNamed() {
        Path plan = folder.resolve("experiment.java");
        Fuzz.of("directives")
                .seeds(SOURCE)
                .words(
                        "//DEPS ",
                        "//REPOS ",
                        "//SOURCES *.java",
                        "//JAVA ",
                        "// DEPS ",
                        "//PREVIEW",
                        "\n//DEPS a:b:1\n")
                .words(
                        "${env.HOME}",
                        "${x:",
                        "${os.detected.classifier}",
                        "file:",
                        "lib.jar",
                        "[1,",
                        ")",
                        "\"\"\"",
                        "/*")
                .refusedBy(PlanException.class)
                .bytes(bytes -> {
                    Files.write(plan, bytes);
                    assertThat(Directives.of(SourceFolder.read(plan)).libraries())
                            .allMatch(line -> line.location().startsWith("experiment.java:"));
                });
    }

    @Test
    void pom_anyFile_isReadOrNamed() throws Exception {
        Path file = folder.resolve("pom.xml");
        Fuzz.of("pom")
                .seeds("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                          <parent><groupId>a</groupId><artifactId>p</artifactId><version>1</version><relativePath>..</relativePath></parent>
                          <artifactId>b</artifactId><packaging>pom</packaging>
                          <modules><module>one</module></modules>
                          <properties><g>c</g></properties>
                          <dependencies>
                            <dependency><groupId>${g}</groupId><artifactId>d</artifactId><version>1</version></dependency>
                            <dependency><groupId>${project.groupId}</groupId><artifactId>e</artifactId><scope>test</scope></dependency>
                          </dependencies>
                          <profiles><profile><id>fast</id><modules><module>two</module></modules></profile></profiles>
                        </project>
                        """)
                .words("<groupId>", "</groupId>", "<dependency>", "</dependency>", "<module>", "<parent>", "<parent/>")
                .words(
                        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                        "&b;",
                        "&#0;",
                        "&amp;",
                        "<![CDATA[",
                        "<!--",
                        "${",
                        "}",
                        "xmlns:a=")
                .naming(file.toString())
                .refusedBy(PlanException.class)
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    Pom pom = Pom.read(file);
                    pom.dependencies(true);
                    pom.profiles();
                    pom.modules();
                    pom.findParent();
                    pom.findParentInRepository();
                    assertThat(pom.coordinates()).isNotEmpty();
                });
    }

    @Test
    void classFile_anyBytes_areLookedAt() throws Exception {
        Path file = folder.resolve("A.class");
        byte[] written;
        try (var in = SourcesFuzzTest.class.getResourceAsStream("SourcesFuzzTest.class")) {
            written = in.readAllBytes();
        }
        Fuzz.of("class-file")
                .seed(written)
                .words("Lorg/experimaestro/ConfigType;", "RuntimeVisibleAnnotations")
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    CompiledClasses.configurationsWithoutDescriptors(folder);
                });
    }

    @Test
    void mavenErrors_ofAnyOutput_areTold() {
        Fuzz.of("maven-output")
                .seeds("""
                        [INFO] building
                        [ERROR] COMPILATION ERROR :
                        [ERROR] /copy/src/A.java:[3,5] cannot find symbol
                          symbol: class B
                        [ERROR] -> [Help 1]
                        """)
                .words("[ERROR] ", "  symbol:", "-> [Help 1]")
                .text(text -> assertThat(MavenErrors.of(text.lines().toList(), Path.of("/copy"), Path.of("/project")))
                        .doesNotContainNull());
    }

    @Test
    void cachedPlan_anyEntry_isReadOrNotThere() {
        Fuzz.of("cached-plan")
                .seeds(
                        "format=1\nplanClass=A\njars=0\nresolvedAt=2026-01-01T00:00:00Z\n",
                        "format=1\njars=1\njar.0=a.jar\n")
                .words("\\u0000", "jars=", "jar.0=", "digest.0=")
                .bytes(bytes -> {
                    Files.write(folder.resolve(CachedPlan.FILE_NAME), bytes);
                    assertThat(CachedPlan.find(folder)).isNotNull();
                });
    }
}
