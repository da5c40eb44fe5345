package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.experimaestro.Config;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.token.TokenFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/tokens.md says is so. */
class TokensPageTest {
    private static final Path PAGE = Path.of("../docs/tokens.md");

    @TempDir
    private Path folder;

    @Test
    void plan_ofThePage_runsAndGivesItsTokensBack() throws IOException {
        PlanRun run = PlanRunner.of(new LicencePlan())
                .workspace(folder)
                .concurrentJobs(4)
                .jobs(job -> JobBehavior.executes())
                .run(new LicencePlan.Settings(5));

        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(TokenFolder.of(folder).read().sizes()).containsEntry("licence", 3L);
        assertThat(TokenFolder.of(folder).read().shares()).isEmpty();
    }

    @Test
    void error_ofThePage_isThatOfAPlanThatAsksForTooMuch() throws IOException {
        assertThatThrownBy(() -> PlanRunner.<String>of((xp, settings) -> xp.submit(
                                Config.builder(LicencePlan.Simulate.class)
                                        .set("number", 1)
                                        .build(),
                                Launcher.local().holding(xp.token("licence", 3), 4)))
                        .dryRun("settings"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(line("Cannot submit"));
    }

    @Test
    void names_ofThePage_exist() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains("`" + FailureCause.TOKENS_LOST + "`")
                .contains("`" + Reason.Kind.TOKENS.name().toLowerCase(Locale.ROOT) + "`");
    }

    /** The part of the line of the page that begins so, after the line of the plan. */
    private static String line(String start) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.contains(start))
                .map(line -> line.substring(line.indexOf(start), line.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }
}
