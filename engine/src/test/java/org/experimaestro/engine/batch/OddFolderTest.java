package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Outcome;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces in folders with all that a name may have: jobs find their code, here and at a batch system. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class OddFolderTest {
    private static final String ODD = "-@a 'b' \"c\" * ? %j %% \\ $HOME `x` #;&|<>(){}[]!~=+,^\ttab\nline";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28T10:30:00", ODD, ODD + ":", "*", "a:b:"})
    void run_here_findsTheCode(String name) throws Exception {
        try (Lab lab = new Lab(Files.createDirectory(folder.resolve(name)))) {
            assertThat(lab.run((xp, settings) -> xp.submit(lab.step("a"))).outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28T10:30:00", ODD, ODD + ":"})
    void run_atABatchSystem_findsTheCode(String name) throws Exception {
        Path odd = Files.createDirectory(folder.resolve(name));
        TestBatchSystem.create(folder.toString(), 2).arrays(2);
        LauncherDefinition launcher = TestLaunchers.definition("farm", folder.toString());
        try (Lab lab = new Lab(odd)) {
            lab.launchers(TestLaunchers.finder(launcher));
            assertThat(lab.run((xp, settings) -> {
                                xp.submit(lab.step("a"));
                                xp.submit(lab.step("b"));
                            })
                            .outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }
}
