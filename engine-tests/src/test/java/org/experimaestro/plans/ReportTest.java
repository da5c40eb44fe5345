package org.experimaestro.plans;

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
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan reads of its jobs: while it runs, and in its report. */
@Tag("thorough")
final class ReportTest extends PlanFixture {
    // ---- while the plan runs ----

    @Test
    void report_gridOfJobs_letsThePlanGoOnWithTheBest() {
        AtomicReference<JobReport> last = new AtomicReference<>();
        ExperimentPlan<String> plan = (xp, settings) -> {
            Map<String, Double> grid = Map.of("low", 0.25, "high", 0.75, "middle", 0.5);
            List<Config<Measure>> measured = new ArrayList<>();
            grid.forEach((name, value) -> measured.add(xp.submit(measure(name, value))));
            Config<Measure> best = measured.getFirst();
            for (Config<Measure> each : measured) {
                best = xp.report(each).metric("value") > xp.report(best).metric("value") ? each : best;
            }
            last.set(xp.report(xp.submit(measure("after", 1, best))));
        };
        PlanRun run = run(plan);

        assertThat(run.executed()).hasSize(4);
        assertThat(last.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(last.get().metrics())
                .isEqualTo(Map.of("value", 1.0))
                .isEqualTo(last.get().metricsSoFar());
        assertThat(names(run.submissions().getLast().dependencies())).containsExactly("high");

        run(plan);
        assertThat(last.get().metric("value")).isEqualTo(1);
    }

    @Test
    void report_failedJob_hasNoMetrics_andThoseThatItTold() {
        fail("bad");
        List<JobReport> reports = new ArrayList<>();
        run((xp, settings) -> {
            Config<Measure> bad = xp.submit(measure("bad", 7).tag("x", 1));
            reports.add(xp.report(bad));
            reports.add(xp.report(xp.submit(measure("next", 8, bad))));
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
    void report_whereNothingIsRun_isNotRunUnlessTheJobIsDone() {
        run((xp, settings) -> xp.submit(measure("before", 3)));
        List<JobReport> reports = new ArrayList<>();
        ExperimentPlan<String> plan = (xp, settings) -> {
            reports.add(xp.report(xp.submit(measure("before", 3))));
            reports.add(xp.report(xp.submit(measure("new", 4))));
        };
        dryRun(plan);
        generate(plan);

        assertThat(reports)
                .extracting(JobReport::outcome)
                .containsExactly(Outcome.DONE, Outcome.NOT_RUN, Outcome.DONE, Outcome.NOT_RUN);
        assertThat(reports.getFirst().metric("value")).isEqualTo(3);
        assertThat(reports.getLast().state()).isEqualTo("not run");
        assertThat(reports.getLast().metricsSoFar()).isEmpty();
        assertThatThrownBy(() -> reports.getLast().metric("value")).hasMessageContaining("its state is not run");
    }

    @Test
    void report_taskInPlaceOfItsOutput_isItsOwn_andAwaitWaitsForIt() {
        List<String> seen = new ArrayList<>();
        run((xp, settings) -> {
            Config<Measure> second = measure("second", 2, xp.submit(measure("first", 1)));
            xp.submit(second);
            seen.add(xp.await(second) + " " + status(second).state());
            seen.add("" + xp.report(second).metric("value"));
        });

        assertThat(seen).containsExactly("DONE " + JobState.DONE, "2.0");
    }

    @Test
    void report_notOfOneJob_isRefused() {
        run((xp, settings) -> {
            Config<Step.Written> one = xp.submit(step("one"));
            Config<Step.Written> two = xp.submit(step("two"));
            assertRefused(xp, step("both", one, two).get(Step::inputs), "2 tasks made parts of it");
            assertRefused(xp, measure("other", 1), "no task that this run has submitted made it");
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
        private Config<Measure> bad = measure("bad", 2);

        @Override
        public void run(Experiment xp, String settings) {
            xp.submit(measure("good", 1).tag("n", 1));
            bad = xp.submit(measure("bad", 2).tag("n", 2));
            xp.submit(measure("next", 3, bad).tag("n", 3));
            xp.submit(step("other").tag("n", 4));
        }

        @Override
        public void report(Report told) {
            report.set(told);
        }
    }

    @Test
    void report_oneJobFailed_marksWhatIsMissingAndWhy() {
        fail("bad");
        Plan plan = new Plan();
        PlanRun run = run(plan);
        Report report = plan.report.get();

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
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

        mend("bad");
        run(plan);
        Report complete = plan.report.get();
        assertThat(complete.isComplete()).isTrue();
        assertThat(complete.table().columns()).containsExactly("n", "value", "inputs");
        assertThat(complete.job(plan.bad).orElseThrow().metric("value")).isEqualTo(2);
    }

    /** Each skipped job is looked at once: to follow the chain for each of them, at each call, would take hours. */
    @Test
    void job_chainThatWasSkipped_namesTheFailedJobForEach() {
        fail("bad");
        List<Config<Measure>> chain = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                Config<Measure> last = xp.submit(measure("bad", 0));
                for (int i = 1; i <= 1_500; i++) {
                    last = xp.submit(measure("next", i, last));
                    chain.add(last);
                }
            }

            @Override
            public void report(Report report) {
                chain.forEach(output ->
                        reasons.add(report.job(output).orElseThrow().reason().orElseThrow()));
            }
        };

        run(plan);

        assertThat(reasons).hasSize(1_500).allMatch(reason -> reason.matches("since trial.measure/[0-9a-f]{8} failed"));
    }

    @ParameterizedTest
    @CsvSource({"5, ''", "6, ', and others'", "9, ', and others'"})
    void job_skippedForManyFailed_namesFiveInTheOrderOfDependencies(int failed, String rest) {
        List<String> names = IntStream.range(0, failed).mapToObj(i -> "bad" + i).toList();
        names.forEach(this::fail);
        List<String> reasons = new ArrayList<>();
        List<String> culprits = new ArrayList<>();
        ExperimentPlan<String> plan = new ExperimentPlan<>() {
            private List<Config<Step.Written>> bad = List.of();
            private List<Config<Step.Written>> skipped = List.of();

            @Override
            public void run(Experiment xp, String settings) {
                bad = names.stream().map(name -> xp.submit(step(name))).toList();
                Config<Step.Written> all = xp.submit(step("all", bad));
                // Two ways lead to each failed job: a direct one, and one by a job that is skipped for the same ones.
                List<Config<Step.Written>> inputs = new ArrayList<>(bad.reversed());
                inputs.add(all);
                skipped = List.of(all, xp.submit(step("after", inputs)));
            }

            @Override
            public void report(Report report) {
                bad.forEach(job -> culprits.add(report.job(job).orElseThrow().name() + " failed"));
                skipped.forEach(job ->
                        reasons.add(report.job(job).orElseThrow().reason().orElseThrow()));
            }
        };

        run(plan);

        assertThat(reasons)
                .containsExactly(
                        "since " + String.join(", ", culprits.subList(0, 5)) + rest,
                        "since " + String.join(", ", culprits.reversed().subList(0, 5)) + rest);
    }
}
