package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.experimaestro.Action;
import org.experimaestro.ActionContext;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Program;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.Service;
import org.experimaestro.base.file.Folders;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Step;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that run only if a job that uses their results is to run. */
@Timeout(120)
final class OnDemandTest extends LabFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses().slots(1);
    }

    private static String counts(RunAccount account) {
        List<String> counts = new ArrayList<>();
        for (JobCount count : JobCount.values()) {
            if (account.count(count) > 0) {
                counts.add(count.word() + " "
                        + account.tasks(count).stream().map(Lab::name).collect(Collectors.joining(" ")));
            }
        }
        return String.join(", ", counts);
    }

    private RunFolder run() {
        return Workspace.view(lab.workspace()).experiment("trial").runs().getLast();
    }

    /** A chain of two tasks on demand, and one that uses the second. */
    private void chain(Experiment xp) {
        Config<Written> raw = xp.submitOnDemand(lab.step("raw"));
        Config<Written> unpacked = xp.submitOnDemand(lab.step("unpacked", raw));
        xp.submit(lab.step("learn", unpacked));
    }

    @Test
    void run_chainOnDemand_runsOnlyIfItsUserIsToRun() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> chain(xp);
        assertThat(counts(lab.run(plan).account())).isEqualTo("executed raw unpacked learn");
        Folders.delete(lab.job("raw").path());
        Folders.delete(lab.job("unpacked").path());

        RunResult again = lab.run(plan);
        assertThat(counts(again.account())).isEqualTo("done before learn, not needed raw unpacked");
        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(run().description().orElseThrow().list("notNeeded")).hasSize(2);
        List<String> events = new ArrayList<>();
        run().readEvents(0, event -> events.add(event.phase() + " " + event.message()));
        assertThat(events).contains(RunEvent.NOT_NEEDED + " not needed: no job that uses its result is to run");

        RunResult another = lab.run((xp, settings) -> {
            chain(xp);
            xp.submit(lab.step("other", xp.submitOnDemand(lab.step("raw"))));
        });
        assertThat(counts(another.account())).isEqualTo("executed raw other, done before learn, not needed unpacked");
        assertThat(run().description().orElseThrow().list("notNeeded")).hasSize(1);
    }

    @Test
    void await_ofWhatIsNotNeeded_returnsAtOnce_andTheReportIsComplete() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> reports = new ArrayList<>();
        lab.run(new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) throws InterruptedException {
                Config<Written> raw = xp.submitOnDemand(lab.step("raw"));
                xp.submit(lab.step("a"));
                outcomes.add(xp.await(raw));
                JobReport report = xp.report(raw);
                reports.add(report.state() + ": " + report.reason().orElse(""));
                outcomes.add(xp.await());
            }

            @Override
            public void report(Report report) {
                reports.add(report.isComplete() ? "complete" : "incomplete");
            }
        });

        assertThat(outcomes).containsExactly(Outcome.NOT_RUN, Outcome.DONE);
        assertThat(reports).containsExactly("not needed: no job that uses its result is to run", "complete");
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void submit_onDemandAndOtherwise_runsInAnyOrderOfBoth() throws Exception {
        Config<Step> one = lab.step("one");
        Config<Step> two = lab.step("two");
        RunResult result = lab.run((xp, settings) -> {
            xp.submitOnDemand(one);
            xp.submit(one);
            xp.submit(two);
            xp.submitOnDemand(two);
        });

        assertThat(counts(result.account())).isEqualTo("executed one two");
    }

    /** Uses a result after the run. */
    @ConfigType("on-demand.look")
    record Look(Written written) implements Action {
        @Override
        public void execute(ActionContext context) {}
    }

    private static Config<Look> look(Config<Written> written) {
        return Config.builder(Look.class).set("written", written).build();
    }

    @Test
    void action_ofWhatIsOnDemand_demandsItAndWhatItNeeds() throws Exception {
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> raw = xp.submitOnDemand(lab.step("raw"));
            Config<Written> unpacked = xp.submitOnDemand(lab.step("unpacked", raw));
            xp.submitOnDemand(lab.step("unused"));
            xp.action("look", look(unpacked));
        });

        assertThat(counts(result.account())).isEqualTo("executed raw unpacked, not needed unused");
        assertThat(SideFolder.of(run(), SideKind.ACTION, "look").action().needs())
                .containsExactly(lab.job("unpacked").name());
    }

    @Test
    void service_afterThePlanHasReturned_isRefused() throws Exception {
        List<Experiment> late = new ArrayList<>();
        lab.run((xp, settings) -> late.add(xp));

        assertThatThrownBy(() -> late.getFirst().service("board", Service.web(Program.of("board", "{port}"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot declare the service board: ");
    }

    @Test
    void action_ofWhatIsNeitherSubmittedNorDone_isRefused() throws Exception {
        List<Config<Written>> outputs = new ArrayList<>();
        lab.run((xp, settings) -> outputs.add(xp.submit(lab.step("raw"))));
        assertThat(lab.run((xp, settings) -> xp.action("look", look(outputs.getFirst())))
                        .outcome())
                .isEqualTo(Outcome.DONE);
        Folders.delete(lab.job("raw").path());

        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.action("look", look(outputs.getFirst()))))
                .hasStackTraceContaining("Cannot declare the action look: it depends on "
                        + lab.job("raw").name() + " (by its parameter written), which this run has not submitted");
    }

    @Test
    void run_userIsLeftOutOrFails_needIsThatOfItsUser() throws Exception {
        lab.order(new RunOrder(
                task -> OptionalInt.empty(),
                FailureLimit.NONE,
                Optional.of(new Names(List.of("raw"))),
                Optional.empty()));
        RunResult onlyNeed =
                lab.run((xp, settings) -> xp.submit(lab.step("learn", xp.submitOnDemand(lab.step("raw")))));
        assertThat(counts(onlyNeed.account())).isEqualTo("left out learn, not needed raw");

        lab.order(RunOrder.ALL);
        lab.control().fail("raw");
        RunResult failed = lab.run((xp, settings) -> xp.submit(lab.step("learn", xp.submitOnDemand(lab.step("raw")))));
        assertThat(counts(failed.account())).isEqualTo("failed raw, skipped learn");
    }

    /** Selects steps by their names. */
    private record Names(List<String> names) implements JobSelector {
        @Override
        public String option() {
            return "--only " + String.join(",", names);
        }

        @Override
        public boolean selects(SubmittedTask task) {
            return names.contains(Lab.name(task));
        }

        @Override
        public Optional<String> advice() {
            return Optional.empty();
        }
    }

    @Test
    void dryRunAndGenerate_nameWhatIsNotNeeded() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            chain(xp);
            xp.submitOnDemand(lab.step("unused"));
        };
        assertThat(counts(lab.run(RunMode.DRY_RUN, plan).account()))
                .isEqualTo("not started raw unpacked learn, not needed unused");
        assertThat(counts(lab.run(RunMode.GENERATE, plan).account()))
                .isEqualTo("not started raw unpacked learn, not needed unused");
        assertThat(lab.job("unused").path()).doesNotExist();
        assertThat(lab.job("raw").path()).exists();
    }

    @Test
    void onEnd_jobThatIsTakenLateAndSkippedAtOnce_isCalled() throws Exception {
        List<String> states = Collections.synchronizedList(new ArrayList<>());
        lab.control().fail("bad");
        RunResult run = lab.run((xp, settings) -> {
            Config<Written> bad = xp.submit(lab.step("bad"));
            Config<Written> raw = xp.submitOnDemand(lab.step("raw", bad));
            xp.onEnd(raw, report -> states.add(report.state()));
            xp.await(bad);
            xp.submit(lab.step("learn", raw));
        });

        assertThat(counts(run.account())).isEqualTo("failed bad, skipped raw learn");
        assertThat(states).containsExactly("skipped");
    }

    @Test
    void onAnnounced_ofWhatIsNotNeeded_makesNoDemandAndWarns() throws Exception {
        lab.run((xp, settings) -> xp.onAnnounced(xp.submitOnDemand(lab.step("raw")), Written.class, each -> {}));

        assertThat(lab.control().executions()).isEmpty();
        assertThat(lab.recorder().warnings())
                .singleElement()
                .asString()
                .startsWith("Nothing is called for what trial.step/"
                        + lab.step("raw").id() + " announces");
    }
}
