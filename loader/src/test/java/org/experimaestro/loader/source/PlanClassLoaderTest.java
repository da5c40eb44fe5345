package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.experimaestro.ExperimentPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanClassLoaderTest {
    @TempDir
    Path folder;

    private final ClassLoader application = PlanClassLoader.class.getClassLoader();

    @Test
    void loadClass_ours_isTheApplications() throws Exception {
        try (var loader = PlanClassLoader.of(List.of(), application)) {
            assertThat(loader.loadClass("org.experimaestro.ExperimentPlan")).isSameAs(ExperimentPlan.class);
            assertThat(loader.loadClass("org.jspecify.annotations.Nullable").getClassLoader())
                    .isSameAs(application);
        }
    }

    @Test
    void loadClass_librariesOfTheEngine_areNotSeen() throws IOException {
        try (var loader = PlanClassLoader.of(List.of(), application)) {
            for (String name : List.of(
                    "org.apache.maven.model.Model",
                    "org.snakeyaml.engine.v2.api.Load",
                    "org.slf4j.Logger",
                    "org.assertj.core.api.Assertions")) {
                assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
                assertThat(loader.getResource(name.replace('.', '/') + ".class"))
                        .isNull();
            }
            assertThat(Collections.list(loader.getResources("META-INF/MANIFEST.MF")))
                    .isEmpty();
        }
    }

    @Test
    void loadClass_usersVersionOfALibrary_wins() throws Exception {
        Path classes = TestToolbox.compile(
                folder, "Model", "package org.apache.maven.model; public class Model {}", List.of());
        try (var loader = PlanClassLoader.of(List.of(classes), application)) {
            assertThat(loader.loadClass("org.apache.maven.model.Model").getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void loadClass_usersClassInOurPackage_isFound() throws Exception {
        Path classes =
                TestToolbox.compile(folder, "Mine", "package org.experimaestro.mine; public class Mine {}", List.of());
        try (var loader = PlanClassLoader.of(List.of(classes), application)) {
            assertThat(loader.loadClass("org.experimaestro.mine.Mine").getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void loadClass_wholeJdk_isSeen() throws Exception {
        try (var loader = PlanClassLoader.of(List.of(), application)) {
            for (String name : List.of(
                    "java.sql.Connection", "com.sun.source.tree.Tree", "javax.tools.ToolProvider", "sun.misc.Unsafe")) {
                assertThat(loader.loadClass(name).getName()).isEqualTo(name);
            }
            assertThat(ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class, loader))
                    .isNotEmpty();
        }
    }
}
