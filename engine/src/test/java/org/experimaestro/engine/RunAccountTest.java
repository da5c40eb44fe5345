package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each job of a run is in exactly one count: in what the run tells, and in what it stores. */
@Tag("thorough")
@Timeout(120)
final class RunAccountTest extends LabFixture {
    @Test
    void run_failedJob_isNotExecuted() throws Exception {
        lab.control().fail("bad");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("good"));
            xp.submit(lab.step("skipped", xp.submit(lab.step("bad"))));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(counts(result.account())).isEqualTo("executed [good], failed [bad], skipped [skipped]");
        assertThat(lab.recorder().failures())
                .containsExactly(result.failures().getFirst().end());
        assertThat(stored(0)).isEqualTo("{EXECUTED=1, FAILED=1, SKIPPED=1} of 3");
    }

    @Test
    void run_twice_jobsAreDoneBefore() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("a").tag("again", true));
        };
        assertThat(counts(lab.run(plan).account())).isEqualTo("executed [a]");
        assertThat(counts(lab.run(plan).account())).isEqualTo("done before [a]");
        assertThat(stored(1)).isEqualTo("{DONE_BEFORE=1} of 1");
    }

    @Test
    void run_jobThatAnotherRunExecutesMeanwhile_isNeitherDoneBeforeNorExecutedHere() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> one = lab.start((xp, settings) -> xp.submit(lab.step("a")));
        lab.control().awaitExecution("a");
        CompletableFuture<RunResult> two =
                lab.start((xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a")))));
        Poll.until("the second run waits for it", () -> lab.recorder().changes().contains("a " + Phase.RUNNING));
        lab.control().release("a");

        assertThat(counts(one.get().account())).isEqualTo("executed [a]");
        assertThat(one.get().account().jobs()).allMatch(RunAccount.Job::isOwn);
        assertThat(counts(two.get().account())).isEqualTo("executed [b], executed by another run [a]");
        assertThat(two.get().account().jobs()).extracting(RunAccount.Job::isOwn).containsExactly(false, true);
        assertThat(two.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(stored(1)).isEqualTo("{EXECUTED=1, EXECUTED_BY_ANOTHER=1} of 2");
    }

    @Test
    void run_jobThatAnotherRunExecutesBeforeItsTurn_isExecutedByAnotherRun() throws Exception {
        lab.slots(1).control().hold("slow");
        CompletableFuture<RunResult> waiting = lab.start((xp, settings) -> {
            xp.submit(lab.step("slow"));
            xp.submit(lab.step("a"));
        });
        lab.control().awaitExecution("slow");
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        lab.control().release("slow");

        assertThat(counts(waiting.get().account())).isEqualTo("executed [slow], executed by another run [a]");
    }

    @Test
    void retry_withinTheRun_countsTheJobOnce() throws Exception {
        lab.control().fail("a");
        lab.control().hold("other");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("b", xp.submit(lab.step("a"))));
            xp.submit(lab.step("other"));
        });
        Poll.until("b is skipped", () -> lab.recorder().changes().contains("b " + Phase.SKIPPED));
        lab.control().mend("a");
        new RunRequests(folders().getLast())
                .send(new RunRequest.Retry(lab.job("a").name()));
        Poll.until("b is done", () -> lab.recorder().changes().contains("b " + Phase.DONE));
        lab.control().release("other");

        assertThat(counts(run.get().account())).isEqualTo("executed [a, b, other]");
        assertThat(stored(0)).isEqualTo("{EXECUTED=3} of 3");
    }

    @Test
    void run_planThrowsRightAfterItHasSubmittedDoneJobs_theyAreDoneBefore() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> lab.run((xp, settings) -> {
                        xp.submit(lab.step("a"));
                        throw new IllegalStateException("no idea");
                    }))
                    .hasMessageContaining("no idea");

            assertThat(lab.recorder().ends()).containsExactly("stopped, done before [a]");
        }
    }

    @Test
    void run_stopped_jobThatAnotherRunHas_isLeft() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> one = lab.start((xp, settings) -> xp.submit(lab.step("a")));
        lab.control().awaitExecution("a");
        assertThatThrownBy(() -> lab.run((xp, settings) -> {
                    xp.submit(lab.step("b", xp.submit(lab.step("a"))));
                    throw new IllegalStateException("no idea");
                }))
                .hasMessageContaining("no idea");

        assertThat(lab.recorder().ends()).containsExactly("stopped, left [a], not started [b]");
        assertThat(stored(1)).isEqualTo("{LEFT=1, NOT_STARTED=1} of 2");
        lab.control().release("a");
        one.get();
    }

    @Test
    void dryRun_jobs_areDoneBeforeOrNotStarted() throws Exception {
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        RunResult result =
                lab.run(RunMode.DRY_RUN, (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a")))));

        assertThat(counts(result.account())).isEqualTo("done before [a], not started [b]");
    }

    private static String counts(RunAccount account) {
        Map<JobCount, List<String>> counts = new LinkedHashMap<>();
        for (JobCount count : JobCount.values()) {
            counts.put(count, account.tasks(count).stream().map(Lab::name).toList());
        }
        assertThat(counts.values().stream().mapToInt(List::size).sum()).isEqualTo(account.total());
        counts.values().removeIf(List::isEmpty);
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .map(count -> count.getKey().word() + " " + count.getValue())
                        .toList());
    }

    /** Returns the counts that a run has stored, except zeros, and its number of jobs. */
    private String stored(int run) {
        JsonObject json = folders().get(run).description().orElseThrow();
        Map<String, Object> members = new LinkedHashMap<>();
        json.keys().forEach(key -> members.put(key, json.raw(key)));
        Map<JobCount, Integer> counts = JobCount.read(members);
        assertThat(counts).hasSize(JobCount.values().length);
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(json.integer("jobs", 0, 99));
        counts.values().removeIf(size -> size == 0);
        return counts + " of " + json.raw("jobs");
    }

    private List<RunFolder> folders() {
        return Workspace.view(lab.workspace()).experiment("trial").runs();
    }
}
