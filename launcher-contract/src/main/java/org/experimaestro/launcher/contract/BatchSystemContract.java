package org.experimaestro.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link BatchSystem}, as tests with real jobs. The author of a batch system extends this class,
 * implements the methods of {@link BatchSystemFixture}, and runs it as any other test class. Tests of missing
 * features (arrays, dependencies) do nothing. For a system with commands on a host, {@link ShellBatchSystemContract}
 * has more tests, and fewer methods to implement.
 */
public abstract class BatchSystemContract extends SubmissionContract {

    /** Creates the test. JUnit calls it, once for each test method. */
    protected BatchSystemContract() {}

    /** Checks that a running job receives SIGTERM, in the process that the body became. */
    @Test
    public void cancel_runningJob_getsSigtermAndIsCancelled() throws Exception {
        String jobId = submit("echo 'trap \"echo terminated > " + folder() + "/terminated; exit 9\" TERM; "
                + "echo started > " + folder() + "/started; while :; do sleep 0.1; done' > " + file("process")
                + "\nexec sh " + file("process") + "\n");
        awaitFile("started");
        await(jobId, status -> status.phase() == Phase.RUNNING);

        cancel(List.of(jobId));

        assertThat(awaitEnd(jobId).end()).contains(End.CANCELLED);
        assertThat(awaitFile("terminated")).isEqualTo("terminated\n");
    }

    /** Checks that a job that waits is cancelled without having run. */
    @Test
    public void cancel_waitingJob_isCancelledAndNeverRuns() throws Exception {
        if (!system().hasDependencies()) {
            return;
        }
        String first = submit("until [ -s " + file("go") + " ]; do sleep 0.1; done\n");
        String second = submitAfter(first, "echo ran > " + file("ran") + "\n");
        await(second, status -> status.phase() == Phase.PENDING);

        cancel(List.of(second));

        assertThat(awaitEnd(second).end()).contains(End.CANCELLED);
        run("echo go > " + file("go"));
        assertThat(awaitEnd(first).end()).contains(End.COMPLETED);
        assertThat(exists("ran")).isFalse();
    }

    /** Checks that jobs of an array are cancelled one by one. */
    @Test
    public void cancel_jobOfAnArray_leavesTheOthers() throws Exception {
        if (system().largestBatch() < 2) {
            return;
        }
        List<String> jobIds = system().submit(batch(
                2,
                "echo \"$task\" > " + file("started") + "-$task\nuntil [ -s " + file("go")
                        + " ]; do sleep 0.1; done\n"));
        awaitFile("started-1");

        cancel(List.of(jobIds.get(1)));

        assertThat(awaitEnd(jobIds.get(1)).end()).contains(End.CANCELLED);
        run("echo go > " + file("go"));
        assertThat(awaitEnd(jobIds.get(0)).end()).contains(End.COMPLETED);
    }

    /** Checks that cancelling a job that has ended changes nothing. */
    @Test
    public void cancel_endedJob_isNoError() throws Exception {
        String jobId = submit("exit 0\n");
        awaitEnd(jobId);

        cancel(List.of(jobId));

        assertThat(awaitEnd(jobId).end()).contains(End.COMPLETED);
    }

    /** Checks that cancelling an unknown job changes nothing. */
    @Test
    public void cancel_unknownHandle_isNoError() throws Exception {
        cancel(List.of(unknownJobId()));
    }

    /**
     * Checks that a job of another name is not cancelled, because a job id may be that of another job, by mistake or
     * by malice.
     */
    @Test
    public void cancel_jobOfAnotherName_isRefusedAndGoesOn() throws Exception {
        String jobId = submit("echo started > " + file("started") + "\nuntil [ -s " + file("go")
                + " ]; do sleep 0.1; done; echo ended > " + file("ended") + "\n");
        awaitFile("started");

        assertThatThrownBy(() -> system().cancel("other." + NAME, List.of(jobId)))
                .isInstanceOf(RefusedException.class);

        run("echo go > " + file("go"));
        assertThat(awaitEnd(jobId).end()).contains(End.COMPLETED);
        assertThat(read("ended")).isEqualTo("ended\n");
    }

    /**
     * Checks that a text that is not a job id never becomes an option, list, path or command: another person may have
     * written it.
     */
    @Test
    public void anyCall_textThatIsNoHandle_reachesNoJob() throws Exception {
        String jobId = submit("until [ -s " + file("go") + " ]; do sleep 0.1; done\n");
        List<String> texts = List.of(
                "",
                " ",
                "--me",
                "-u root",
                "-1",
                "0",
                "../" + jobId,
                jobId + " " + jobId,
                jobId + "," + jobId,
                jobId + "\n",
                jobId + "\u0000",
                jobId + "; touch " + file("ran"),
                "$(touch " + file("ran") + ")",
                "'; touch " + file("ran") + "; '");

        for (String text : texts) {
            assertThatThrownBy(() -> cancel(List.of(text))).as(text).isInstanceOf(RefusedException.class);
            assertThat(poll(List.of(text, jobId))).as(text).containsOnlyKeys(jobId);
        }

        run("echo go > " + file("go"));
        assertThat(awaitEnd(jobId).end()).contains(End.COMPLETED);
        assertThat(run("ls " + file("ran") + " 2>/dev/null || echo none")).isEqualTo("none\n");
    }

    /** Checks that an unknown job is left out, beside a known job. */
    @Test
    public void poll_unknownHandle_isLeftOut() throws Exception {
        String jobId = submit("exit 0\n");
        awaitEnd(jobId);

        assertThat(poll(List.of(unknownJobId()))).isEmpty();
        assertThat(poll(List.of(unknownJobId(), jobId))).containsOnlyKeys(jobId);
        assertThat(poll(List.of())).isEmpty();
    }

    /** Checks that the number of requests does not grow with the number of jobs. */
    @Test
    public void poll_manyJobs_needsNoMoreRequestsThanOne() throws Exception {
        List<String> jobIds = new ArrayList<>();
        for (int job = 0; job < 6; job++) {
            jobIds.add(submit("exit 0\n"));
        }
        awaitEnds(jobIds);
        int before = requests();

        assertThat(poll(jobIds.subList(0, 1))).hasSize(1);
        int forOne = requests() - before;
        assertThat(poll(jobIds)).hasSize(6);

        assertThat(requests() - before - forOne).isEqualTo(forOne).isLessThanOrEqualTo(3);
    }

    /** Checks that a job waits for its dependencies. */
    @Test
    public void after_jobThatCompletes_startsThen() throws Exception {
        if (!system().hasDependencies()) {
            return;
        }
        String first =
                submit("until [ -s " + file("go") + " ]; do sleep 0.1; done; echo first > " + file("first") + "\n");
        String second = submitAfter(first, "cat " + file("first") + " > " + file("second") + "\n");
        await(second, status -> status.phase() == Phase.PENDING);
        run("echo go > " + file("go"));

        assertThat(awaitEnd(second).end()).contains(End.COMPLETED);
        assertThat(read("second")).isEqualTo("first\n");
    }

    /** Checks that a job with a failed dependency never runs, and does not stay in the queue without a reason. */
    @Test
    public void after_jobThatFails_neverRuns() throws Exception {
        if (!system().hasDependencies()) {
            return;
        }
        String first = submit("until [ -s " + file("go") + " ]; do sleep 0.1; done; exit 3\n");
        String second = submitAfter(first, "echo ran > " + file("ran") + "\n");
        run("echo go > " + file("go"));

        BatchStatus status = await(second, each -> each.phase() == Phase.ENDED || each.stuck());

        assertThat(status.end()).isNotEqualTo(Optional.of(End.COMPLETED));
        assertThat(exists("ran")).isFalse();
    }

    private String submitAfter(String first, String body) throws Exception {
        Batch plain = batch(1, body);
        Batch batch = Batch.of(plain.name(), body, folder() + "/after", plain.placement());
        return system().submit(batch.after(List.of(first))).getFirst();
    }

    /** Checks that an impossible request is refused at once, with the system's own message. */
    @Test
    public void submit_impossible_isRefused() throws Exception {
        Optional<Batch> refused = refused(batch(1, "echo ran > " + file("ran") + "\n"));
        if (refused.isEmpty()) {
            return;
        }

        assertThatThrownBy(() -> system().submit(refused.get()))
                .isInstanceOf(RefusedException.class)
                .hasMessageMatching("(?s).{20,}");
        assertThat(exists("ran")).isFalse();
    }

    /** Checks that a system that cannot be reached gives no answer. */
    @Test
    public void anyCall_unreachableSystem_isUnreachable() {
        BatchSystem away = unreachable();

        assertThatThrownBy(() -> away.submit(batch(1, "exit 0\n"))).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> away.poll(List.of(unknownJobId()), Instant.now()))
                .isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> away.cancel(NAME, List.of(unknownJobId()))).isInstanceOf(UnreachableException.class);
    }
}
