package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.experimaestro.PlanException;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache of compiled plans, with entries that are damaged, foreign, or made by several processes. */
class SourcePlanCacheTest {
    private static final String PLAN = """
            import org.experimaestro.*;
            public class TutorialPlan implements ExperimentPlan<TutorialPlan.Settings> {
              public record Settings(int epochs) {}
              public void run(Experiment xp, Settings settings) {}
            }
            """;

    @TempDir
    Path temporary;

    private Toolbox toolbox;
    private Path plan;

    @BeforeEach
    void prepare() throws IOException {
        toolbox = TestToolbox.in(Files.createDirectory(temporary.resolve("tools")));
        plan = Files.writeString(
                Files.createDirectory(temporary.resolve("plan")).resolve("experiment.java"), PLAN);
    }

    @Test
    void load_damagedJar_isMadeAnew() throws Exception {
        Path jar = load().classPath().getFirst();
        byte[] good = Files.readAllBytes(jar);
        byte[] bad = good.clone();
        bad[good.length / 2] ^= 1;
        Files.write(jar, bad);

        PlanCode again = load();

        assertThat(again.fromCache()).isFalse();
        assertThat(Files.readAllBytes(again.classPath().getFirst())).isEqualTo(good);
    }

    @Test
    void load_damagedProperties_isMadeAnew() throws Exception {
        Path entry = load().classPath().getFirst().getParent();
        Files.write(entry.resolve("plan.properties"), new byte[] {(byte) 0xFF, 0, 1});
        assertThat(load().fromCache()).isFalse();

        Files.writeString(entry.resolve("plan.properties"), "format=1\njars=x\n");
        assertThat(load().fromCache()).isFalse();

        Files.delete(entry.resolve("plan.properties"));
        assertThat(load().fromCache()).isFalse();
        assertThat(load().fromCache()).isTrue();
    }

    @Test
    @Timeout(60)
    void load_propertiesThatAreNoSmallFile_areMadeAnew() throws Exception {
        Path properties = load().classPath().getFirst().resolveSibling("plan.properties");
        Files.delete(properties);
        assertThat(new ProcessBuilder("mkfifo", properties.toString()).start().waitFor())
                .isZero();
        assertThat(load().fromCache()).isFalse();

        try (FileChannel file = FileChannel.open(properties, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), Integer.MAX_VALUE + 1L);
        }
        assertThat(load().fromCache()).isFalse();
        assertThat(load().fromCache()).isTrue();
    }

    @Test
    void load_entryThatOthersMayHavePlanted_isRefusedWithWhatToDo() throws Exception {
        Path plans = load().classPath().getFirst().getParent().getParent();
        Files.setPosixFilePermissions(plans, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> load())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("may write in this folder")
                .hasMessageContaining("chmod go-rwx " + plans);
    }

    @Test
    void load_cacheOfAnotherUser_isRefusedAndNothingOfItIsRun() throws Exception {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        load();
        other.orElseThrow().own(toolbox.cache());

        assertThatThrownBy(() -> load())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("this folder belongs to");
    }

    @Test
    void load_newCache_isOpenToThisUserAlone() throws Exception {
        Path entry = load().classPath().getFirst().getParent();

        for (Path folder : List.of(toolbox.cache(), entry.getParent())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void load_manyAtOnce_allGetTheSameEntry() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<PlanCode> one = () -> load();
            var loads = threads.invokeAll(Collections.nCopies(8, one));
            for (var load : loads) {
                assertThat(load.get().planClass()).isEqualTo("TutorialPlan");
                assertThat(load.get().classPath().getFirst()).isRegularFile();
            }
        }
        assertThat(toolbox.cache().resolve("plans")).isDirectoryNotContaining("glob:**/new-*");
    }

    private PlanCode load() {
        return PlanSources.fromSourceFile(plan, toolbox, step -> {});
    }
}
