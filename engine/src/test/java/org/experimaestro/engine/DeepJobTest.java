package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.Tags;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real job whose configuration is nested 10,000 levels deep, and one that depends on what is at the bottom. */
@Timeout(300)
@Tag("thorough")
final class DeepJobTest extends LabFixture {
    private static final int LEVELS = 10_000;

    interface Link extends Configurable {}

    @ConfigType("deep-job.end")
    record End(int number) implements Link {}

    @ConfigType("deep-job.chain")
    record Chain(Link next, @Default("0.5") float rate) implements Link {}

    @ConfigType("deep-job.counted")
    record Counted(Link chain, Path file) implements Link {}

    /** Counts the levels. */
    @ConfigType("deep-job.count")
    record Count(Link chain, @GeneratedPath("levels.txt") Path file) implements Task<Counted> {
        @Override
        public void execute(TaskContext context) throws Exception {
            int levels = 0;
            Link link = chain;
            while (!(link instanceof End)) {
                link = link instanceof Chain inner ? inner.next() : ((Counted) link).chain();
                levels++;
            }
            Files.writeString(file, Integer.toString(levels));
            context.metric("levels", levels);
        }

        @Override
        public Counted outputs(Dependency dep) {
            Link longer = chain;
            for (int level = 0; level < LEVELS; level++) {
                longer = new Chain(longer, 0.9f);
            }
            return dep.on(new Counted(longer, file));
        }
    }

    private static Config<?> chain(Config<?> end) {
        Config<?> chain = end;
        for (int level = 0; level < LEVELS; level++) {
            chain = Config.builder(Chain.class).set("next", chain).build();
        }
        return chain;
    }

    private static Config<Count> count(Config<?> chain) {
        return Config.builder(Count.class).set("chain", chain).build();
    }

    @Test
    void run_configurationsOfManyLevels_areExecuted() throws Exception {
        List<Path> written = new ArrayList<>();
        for (RunMode mode : List.of(RunMode.DRY_RUN, RunMode.GENERATE, RunMode.NORMAL)) {
            RunResult result = lab.run(mode, (xp, settings) -> {
                Config<?> end =
                        Config.builder(End.class).set("number", Tags.tag(7)).build();
                Config<Counted> first = xp.submit(count(chain(end)));
                Config<Counted> second = xp.submit(count(chain(first)));
                if (mode == RunMode.NORMAL) {
                    assertThat(xp.await(second)).isEqualTo(Outcome.DONE);
                    written.add(first.value().file());
                    written.add(second.value().file());
                    assertThat(Tags.tags(second)).containsEntry("number", 7);
                }
            });
            assertThat(result.failures()).isEmpty();
            assertThat(result.total()).isEqualTo(2);
            assertThat(result.executed()).isEqualTo(mode == RunMode.NORMAL ? 2 : 0);
        }
        assertThat(written.get(0)).hasContent("" + LEVELS);
        assertThat(written.get(1)).hasContent("" + (3 * LEVELS + 1));
    }
}
