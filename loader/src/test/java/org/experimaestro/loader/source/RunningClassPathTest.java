package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningClassPathTest {
    @TempDir
    Path folder;

    /** A plan on the class path of the tests' own process. */
    static final class TestPlan implements ExperimentPlan<TestPlan.Settings> {
        record Settings() {}

        @Override
        public void run(Experiment xp, Settings settings) {}
    }

    @Test
    void fromClassPath_planOfThisProcess_hasItsClassPathWithoutOurs() throws Exception {
        PlanCode code = PlanSources.fromClassPath(
                TestPlan.class.getCanonicalName(), getClass().getClassLoader());

        assertThat(code.planClass()).isEqualTo(TestPlan.class.getName());
        Path tests = Path.of(
                getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(code.classPath()).contains(tests).doesNotContain(TestToolbox.api());
        assertThat(code.classPath()).allMatch(Files::exists);
    }

    @Test
    void fromClassPath_misspelled_namesTheNearest() {
        assertThatThrownBy(() -> PlanSources.fromClassPath(
                        "org.experimaestro.loader.source.RunningClassPathTest.TestPlam",
                        getClass().getClassLoader()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot find the plan class")
                .hasMessageContaining("did you mean " + TestPlan.class.getName() + "?");
    }

    @Test
    void entries_jarThatOnlyNamesOthers_isReplacedByThem() throws IOException {
        Path library = jar("a library.jar", null, "Library.class");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path named = jar("named.jar", "classes/ a%20library.jar missing.jar", null);

        assertThat(new RunningClassPath(named + File.pathSeparator + folder.resolve("gone.jar")).entries())
                .containsExactly(classes, library);
    }

    @Test
    void entries_jarThatNamesItself_ends() throws IOException {
        Path library = jar("library.jar", "library.jar", "Library.class");

        assertThat(new RunningClassPath(library.toString()).entries()).containsExactly(library);
    }

    @Test
    void plan_libraryMissing_isTold() throws Exception {
        Path missing = TestToolbox.compile(
                Files.createDirectory(folder.resolve("base")), "Base", "package base; public class Base {}", List.of());
        Path classes = TestToolbox.compile(
                Files.createDirectory(folder.resolve("plan")),
                "P",
                "public class P extends base.Base implements org.experimaestro.ExperimentPlan<P.S> { record S() {}"
                        + " public void run(org.experimaestro.Experiment xp, S s) {} }",
                List.of(missing));
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            assertThatThrownBy(() -> new RunningClassPath(classes.toString()).plan("P", loader))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("NoClassDefFoundError: base/Base");
        }
    }

    private Path jar(String name, String classPath, String content) throws IOException {
        Path jar = folder.resolve(name);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (classPath != null) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (content != null) {
                out.putNextEntry(new java.util.zip.ZipEntry(content));
            }
        }
        return jar;
    }
}
