package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.Report;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;

/** Tags as runs record and report them. */
final class TagRecordsTest extends PlanFixture {
    @Test
    void run_tagsThatJsonHasNoFormFor_areRecordedAndReported() {
        List<String> reported = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                Config<Step> step = step("tagged")
                        .tag("nan", Double.NaN)
                        .tag("infinite", Double.POSITIVE_INFINITY)
                        .tag("decimal", new BigDecimal("0.25"))
                        .tag("half", '\ud800')
                        .tag("rate", 0.9f);
                xp.submit(step);
            }

            @Override
            public void report(Report report) {
                reported.add(report.table().toString());
            }
        };
        assertThat(run(plan).outcome()).isEqualTo(Outcome.DONE);
        assertThat(reported).containsExactly("""
                decimal  half    infinite  nan  rate  inputs
                0.25     U+d800  Infinity  NaN  0.9        0""");
        RunFolder run = Workspace.view(workspace()).experiment("trial").runs().get(0);
        List<RunFolder.SubmittedJob> jobs = new ArrayList<>();
        run.readJobs(jobs::add);
        assertThat(jobs.get(0).tags()).hasToString("{decimal=0.25, half=U+d800, infinite=Infinity, nan=NaN, rate=0.9}");
    }

    @Test
    void report_jobSubmittedTwiceWithOtherTags_hasARowForEachSubmission() {
        List<String> reported = new ArrayList<>();
        PlanRun result = run(new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                xp.submit(step("a").tag("rate", 1));
                xp.submit(step("b").tag("rate", 5));
                xp.submit(step("a").tag("other", 2));
                xp.submit(step("a").tag("rate", 1));
            }

            @Override
            public void report(Report report) {
                reported.add(report.table(Step.class).toCsv());
                report.jobs().forEach(job -> reported.add(job.tags().toString()));
            }
        });

        assertThat(names(result.executed())).containsExactly("a", "b");
        assertThat(reported)
                .containsExactly("other,rate,inputs\n,1,0\n,5,0\n2,,0\n", "{rate=1}", "{rate=5}", "{other=2}");
    }

    @Test
    void submit_againWithAnotherLauncher_isReportedOnceWithBoth() {
        Launcher many = Launcher.local().env("OMP_NUM_THREADS", "4");
        PlanRun result = run((xp, settings) -> {
            for (String name : List.of("a", "b")) {
                xp.submit(step(name));
                xp.submit(step(name), Launcher.local());
                xp.submit(step(name), many);
                xp.submit(step(name).tag("x", 1), many);
            }
        });

        assertThat(result.warnings())
                .containsExactly(
                        job(step("a")) + " was submitted to the launcher local, and again to the launcher local"
                                + " with other resources, variables or options: the job runs as it was submitted first");
    }

    @Test
    void run_manyTaggedInputs_warnsOncePerName() {
        PlanRun run = dryRun((xp, settings) -> {
            List<Config<Step.Written>> outputs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Number same = i % 2 == 0 ? (Number) 5 : (Number) 5L;
                outputs.add(xp.submit(step("part" + i).tag("part", i).tag("same", same)));
            }
            @SuppressWarnings({"unchecked", "rawtypes"})
            Config<Step.Written>[] inputs = outputs.toArray(new Config[0]);
            Config<Step.Written> joined = xp.submit(step("join", inputs));
            xp.submit(step("after", joined));
            xp.submit(step("other", inputs[0], inputs[1]));
        });
        assertThat(run.warnings())
                .containsExactly("trial.step: tag part is 0 by trial.step, and 1 by trial.step: the latter is kept; "
                        + "stopTags() keeps tags from what uses a configuration");
    }
}
