package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.LaunchException;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.trial.Measure;
import org.experimaestro.trial.Step;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan reads of its jobs: while it runs, and in its report. */
@Timeout(120)
final class ReportTest extends LabFixture {
    // ---- while the plan runs ----

    @Test
    void report_gridOfJobs_letsThePlanGoOnWithTheBest() throws Exception {
        AtomicReference<JobReport> last = new AtomicReference<>();
        ExperimentPlan<String> plan = (xp, settings) -> {
            Map<String, Double> grid = Map.of("low", 0.25, "high", 0.75, "middle", 0.5);
            List<Config<Measure>> measured = new ArrayList<>();
            grid.forEach((name, value) -> measured.add(xp.submit(lab.measure(name, value))));
            Config<Measure> best = measured.getFirst();
            for (Config<Measure> each : measured) {
                best = xp.report(each).metric("value") > xp.report(best).metric("value") ? each : best;
            }
            last.set(xp.report(xp.submit(lab.measure("after", 1, best))));
        };
        RunResult result = lab.run(plan);

        assertThat(result.executed()).isEqualTo(4);
        assertThat(last.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(last.get().metrics())
                .isEqualTo(Map.of("value", 1.0))
                .isEqualTo(last.get().metricsSoFar());
        assertThat(lab.recorder().submitted().getLast().dependencies())
                .containsExactly(lab.job("high").name());

        lab.run(plan);
        assertThat(last.get().metric("value")).isEqualTo(1);
    }

    @Test
    void report_failedJob_hasNoMetrics_andThoseThatItTold() throws Exception {
        lab.control().fail("bad");
        List<JobReport> reports = new ArrayList<>();
        lab.run((xp, settings) -> {
            Config<Measure> bad = xp.submit(lab.measure("bad", 7).tag("x", 1));
            reports.add(xp.report(bad));
            reports.add(xp.report(xp.submit(lab.measure("next", 8, bad))));
        });

        JobReport bad = reports.getFirst();
        assertThat(bad.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(bad.state()).isEqualTo("failed");
        assertThat(bad.reason()).hasValueSatisfying(why -> assertThat(why).contains("bad was told to fail"));
        assertThat(bad.metrics()).isEmpty();
        assertThat(bad.metricsSoFar()).isEqualTo(Map.of("value", 7.0));
        assertThatThrownBy(() -> bad.metric("value"))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("Cannot read the metric \"value\" of trial.measure/", "x=1", "told to fail");
        JobReport next = reports.getLast();
        assertThat(next.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(next.state()).isEqualTo("skipped");
        assertThat(next.reason()).contains("since " + bad.name() + " failed");
        assertThat(next.metricsSoFar()).isEmpty();
    }

    @Test
    void report_whereNothingIsRun_isNotRunUnlessTheJobIsDone() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.measure("before", 3)));
        List<JobReport> reports = new ArrayList<>();
        ExperimentPlan<String> plan = (xp, settings) -> {
            reports.add(xp.report(xp.submit(lab.measure("before", 3))));
            reports.add(xp.report(xp.submit(lab.measure("new", 4))));
        };
        lab.run(RunMode.DRY_RUN, plan);
        lab.run(RunMode.GENERATE, plan);

        assertThat(reports)
                .extracting(JobReport::outcome)
                .containsExactly(Outcome.DONE, Outcome.NOT_RUN, Outcome.DONE, Outcome.NOT_RUN);
        assertThat(reports.getFirst().metric("value")).isEqualTo(3);
        assertThat(reports.getLast().state()).isEqualTo("not run");
        assertThat(reports.getLast().metricsSoFar()).isEmpty();
        assertThatThrownBy(() -> reports.getLast().metric("value")).hasMessageContaining("its state is not run");
    }

    @Test
    void report_detached_isSubmittedUnlessTheJobIsDone() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.measure("before", 3)));
        List<Outcome> outcomes = new ArrayList<>();
        // This machine cannot be left alone, which is said when the plan has returned.
        assertThatThrownBy(() -> lab.detach((xp, settings) -> {
                    outcomes.add(xp.report(xp.submit(lab.measure("before", 3))).outcome());
                    outcomes.add(xp.report(xp.submit(lab.measure("new", 4))).outcome());
                }))
                .isInstanceOf(LaunchException.class);

        assertThat(outcomes).containsExactly(Outcome.DONE, Outcome.SUBMITTED);
    }

    @Test
    void report_taskInPlaceOfItsOutput_isItsOwn_andAwaitWaitsForIt() throws Exception {
        List<String> seen = new ArrayList<>();
        lab.run((xp, settings) -> {
            Config<Measure> second = lab.measure("second", 2, xp.submit(lab.measure("first", 1)));
            xp.submit(second);
            seen.add(xp.await(second) + " " + lab.status("second").state());
            seen.add("" + xp.report(second).metric("value"));
        });

        assertThat(seen).containsExactly("DONE " + JobState.DONE, "2.0");
    }

    @Test
    void report_notOfOneJob_isRefused() throws Exception {
        lab.run((xp, settings) -> {
            Config<Written> one = xp.submit(lab.step("one"));
            Config<Written> two = xp.submit(lab.step("two"));
            assertRefused(xp, lab.step("both", one, two).get(Step::inputs), "2 tasks made parts of it");
            assertRefused(xp, lab.measure("other", 1), "no task that this run has submitted made it");
        });
    }

    private static void assertRefused(Experiment xp, Config<?> output, String why) {
        assertThatThrownBy(() -> xp.report(output))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Cannot report on", why);
    }

    // ---- at the end ----

    /** Two that are done, one that fails, one that is skipped because of it; keeps its report. */
    private final class Plan implements ExperimentPlan<String> {
        private final AtomicReference<Report> report = new AtomicReference<>();
        private Config<Measure> bad = lab.measure("bad", 2);

        @Override
        public void run(Experiment xp, String settings) {
            xp.submit(lab.measure("good", 1).tag("n", 1));
            bad = xp.submit(lab.measure("bad", 2).tag("n", 2));
            xp.submit(lab.measure("next", 3, bad).tag("n", 3));
            xp.submit(lab.step("other").tag("n", 4));
        }

        @Override
        public void report(Report told) {
            report.set(told);
        }
    }

    @Test
    void report_oneJobFailed_marksWhatIsMissingAndWhy() throws Exception {
        lab.control().fail("bad");
        Plan plan = new Plan();
        RunResult result = lab.run(plan);
        Report report = plan.report.get();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.job(plan.bad).orElseThrow().state()).isEqualTo("failed");
        assertThat(report.table(Measure.class).toString().replaceAll("/[0-9a-f]{8}", "/ID"))
                .contains("state")
                .endsWith("""
                        1 of 3 jobs are done; missing:
                            trial.measure/ID  n=2: failed, threw an exception: java.lang.IllegalStateException: bad was told to fail
                            trial.measure/ID  n=3: skipped, since trial.measure/ID  n=2 failed""");
        assertThat(report.table(Measure.class).rows())
                .extracting(row -> row.get("state"))
                .containsExactly("done", "failed", "skipped");
        assertThat(report.table().rows()).hasSize(4);

        lab.control().mend("bad");
        lab.run(plan);
        Report complete = plan.report.get();
        assertThat(complete.isComplete()).isTrue();
        assertThat(complete.table().columns()).containsExactly("n", "value", "inputs");
        assertThat(complete.job(plan.bad).orElseThrow().metric("value")).isEqualTo(2);
    }

    /** Each skipped job is looked at once: to follow the chain for each of them, at each call, would take hours. */
    @Test
    void job_chainThatWasSkipped_namesTheFailedJobForEach() throws Exception {
        lab.control().fail("bad");
        List<Config<Measure>> chain = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                Config<Measure> last = xp.submit(lab.measure("bad", 0));
                for (int i = 1; i <= 1_500; i++) {
                    last = xp.submit(lab.measure("next", i, last));
                    chain.add(last);
                }
            }

            @Override
            public void report(Report report) {
                chain.forEach(output ->
                        reasons.add(report.job(output).orElseThrow().reason().orElseThrow()));
            }
        };

        lab.run(plan);

        assertThat(reasons).hasSize(1_500).allMatch(reason -> reason.matches("since trial.measure/[0-9a-f]{8} failed"));
    }

    @ParameterizedTest
    @CsvSource({"5, ''", "6, ', and others'", "9, ', and others'"})
    void job_skippedForManyFailed_namesFiveInTheOrderOfDependencies(int failed, String rest) throws Exception {
        List<String> names = IntStream.range(0, failed).mapToObj(i -> "bad" + i).toList();
        names.forEach(lab.control()::fail);
        List<String> reasons = new ArrayList<>();
        List<String> culprits = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            private List<Config<Written>> bad = List.of();
            private List<Config<Written>> skipped = List.of();

            @Override
            public void run(Experiment xp, String settings) {
                bad = names.stream().map(name -> xp.submit(lab.step(name))).toList();
                Config<Written> all = xp.submit(lab.step("all", bad));
                // Two ways lead to each failed job: a direct one, and one by a job that is skipped for the same ones.
                List<Config<Written>> inputs = new ArrayList<>(bad.reversed());
                inputs.add(all);
                skipped = List.of(all, xp.submit(lab.step("after", inputs)));
            }

            @Override
            public void report(Report report) {
                bad.forEach(job -> culprits.add(report.job(job).orElseThrow().name() + " failed"));
                skipped.forEach(job ->
                        reasons.add(report.job(job).orElseThrow().reason().orElseThrow()));
            }
        };

        lab.run(plan);

        assertThat(reasons)
                .containsExactly(
                        "since " + String.join(", ", culprits.subList(0, 5)) + rest,
                        "since " + String.join(", ", culprits.reversed().subList(0, 5)) + rest);
    }

    @Test
    void report_throwsAfterAFailure_isToldBesideTheFailure() {
        lab.control().fail("bad");
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                xp.submit(lab.measure("bad", 1));
            }

            @Override
            public void report(Report report) {
                System.Logger.Level.valueOf(
                        String.valueOf(report.jobs().getFirst().metrics().get("value")));
            }
        };

        assertThatThrownBy(() -> lab.run(plan))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("Some jobs are not done, and the report of", "ask its isComplete() first");
        assertThat(lab.recorder().ends()).containsExactly("ended 0/1");
    }
}
