package org.experimaestro.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RetryActionTest {
    @TempDir
    private Path folder;

    private final List<JobFolder> jobs = new ArrayList<>();
    private Workspace workspace;
    private RunRequests requests;

    @BeforeEach
    void makeRunWithFailedJobs() throws IOException {
        workspace = Workspace.open(folder);
        RunFolder run = workspace.experiment("grid").newRun(Instant.now());
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        requests = new RunRequests(run);
        requests.open();
        try (RunFolder.JobList list = run.openJobs()) {
            for (int number = 1; number <= 3; number++) {
                JobFolder job = workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
                job.write("{}", "");
                Claim.Granted claim = (Claim.Granted) job.claim(ProcessIdentity.current(), "grid");
                claim.attempt().begin(ProcessIdentity.current(), 1);
                claim.attempt().failed(FailureCause.EXCEPTION, "thrown", null);
                list.add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of(), List.of(), "local", Instant.now()));
                jobs.add(job);
            }
        }
    }

    /** Answers as a run that has many jobs to try again: not before it has all requests. */
    private void answerAll(AtomicBoolean isOver) {
        try {
            while (requests.unanswered().size() < jobs.size()) {
                if (isOver.get()) {
                    return;
                }
                Thread.onSpinWait();
            }
            for (String name : requests.unanswered()) {
                boolean isFirst = requests.read(name)
                        .request()
                        .equals(new RunRequest.Retry(jobs.getFirst().name()));
                requests.answer(name, new RunRequests.Answer(!isFirst, "it is late"), Instant.now());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void kill_formerlyFailedJobThatWaitsForItsFirstTurn_isNotMeant() throws Exception {
        JobFolder job = jobs.getFirst();
        try (RunJournal journal = workspace.experiment("grid").runs().getLast().openJournal()) {
            journal.add(new RunEvent(Instant.now(), job.name(), "WAITING", OptionalInt.empty(), ""));
            journal.add(new RunEvent(Instant.now(), job.name(), "READY", OptionalInt.empty(), ""));
        }
        JobsView view = WorkspaceIndex.open(workspace).view();
        assertThat(view.find(job.name()).orElseThrow().isTriedAgain()).isTrue();
        assertThat(KillAction.candidates(view, Filter.ALL)).isEmpty();
    }

    @Test
    void kill_jobThatWaitsForItsNextAttempt_isGivenUpByItsRun() throws Exception {
        JobFolder job = jobs.getFirst();
        RunFolder run = workspace.experiment("grid").runs().getLast();
        try (RunJournal journal = run.openJournal()) {
            journal.add(new RunEvent(Instant.now(), job.name(), "WAITING", OptionalInt.empty(), "attempt 2 of 4"));
        }
        JobsView view = WorkspaceIndex.open(workspace).view();
        assertThat(view.find(job.name()).orElseThrow().isTriedAgain()).isTrue();
        assertThat(KillAction.candidates(view, Filter.ALL))
                .extracting(JobFolder::name)
                .containsExactly(job.name());
        KillAction kill = new KillAction(
                JobStop.Signal.TERM, Duration.ofSeconds(1), (folder, batchJob, limit) -> folder.status(), view);
        ActionPlan plan = kill.plan(jobs.subList(0, 1));
        assertThat(((ActionPlan.Possible) plan.steps().getFirst()).description())
                .isEqualTo("is not tried again by the run " + run.qualifiedName());

        List<ActionResult> told = new ArrayList<>();
        List<RunRequest> asked = new ArrayList<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Thread answering = Thread.ofPlatform().start(() -> {
            try {
                while (requests.unanswered().isEmpty() && !isOver.get()) {
                    Thread.onSpinWait();
                }
                for (String name : requests.unanswered()) {
                    asked.add(requests.read(name).request());
                    requests.answer(name, new RunRequests.Answer(true, "it is so"), Instant.now());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        try {
            kill.perform(plan, told::add);
        } finally {
            isOver.set(true);
            answering.join();
        }
        assertThat(asked).containsExactly(new RunRequest.GiveUp(job.name()));
        assertThat(told).singleElement().isInstanceOf(ActionResult.Performed.class);
    }

    @Test
    void perform_severalJobsOfARun_areAskedForBeforeTheFirstAnswer() throws Exception {
        RetryAction retry =
                new RetryAction(workspace, WorkspaceIndex.open(workspace).view());
        List<ActionResult> told = new ArrayList<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Thread run = Thread.ofPlatform().start(() -> answerAll(isOver));
        try {
            retry.perform(retry.plan(jobs), told::add);
        } finally {
            isOver.set(true);
            run.join();
        }

        assertThat(told).extracting(ActionResult::job).isEqualTo(jobs);
        assertThat(told.getFirst())
                .isInstanceOfSatisfying(
                        ActionResult.Refused.class,
                        refused -> assertThat(refused.reason()).hasMessageContaining("it is late"));
        assertThat(told.subList(1, 3)).allMatch(ActionResult.Performed.class::isInstance);
    }

    @Test
    void perform_interrupted_takesAllRequestsBack() throws Exception {
        RetryAction retry =
                new RetryAction(workspace, WorkspaceIndex.open(workspace).view());
        AtomicBoolean isInterrupted = new AtomicBoolean();
        Thread user = Thread.ofPlatform().start(() -> {
            try {
                retry.perform(retry.plan(jobs), result -> {});
            } catch (InterruptedException stopped) {
                isInterrupted.set(true);
            }
        });
        while (user.isAlive() && requests.unanswered().size() < jobs.size()) {
            Thread.onSpinWait();
        }
        user.interrupt();
        user.join();

        assertThat(isInterrupted).isTrue();
        assertThat(requests.unanswered()).isEmpty();
    }
}
