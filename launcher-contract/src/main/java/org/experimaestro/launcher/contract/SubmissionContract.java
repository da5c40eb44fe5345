package org.experimaestro.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.Resources;
import org.experimaestro.spi.ShellText;
import org.junit.jupiter.api.Test;

/** The first half of {@link BatchSystemContract}: the behavior of jobs that are submitted to the system. */
abstract class SubmissionContract extends BatchSystemFixture {
    /** Checks that the script is the text that runs, and users may read it. */
    @Test
    public void script_batch_hasTheBody() {
        assertThat(system().script(batch(1, "echo 'the body'\n"))).contains("echo 'the body'");
    }

    /** Checks that a job runs as task 0, and its whole output is in its log. */
    @Test
    public void submit_job_completesAndKeepsItsLog() throws Exception {
        String jobId = submit("echo \"task $task\"; echo complaint >&2; exit 0\n");

        BatchStatus status = awaitEnd(jobId);

        assertThat(jobId).doesNotContainPattern("\\s").isNotEmpty();
        assertThat(status.end()).contains(End.COMPLETED);
        assertThat(status.exitCode().orElse(0)).isZero();
        assertThat(log(0)).contains("task 0", "complaint");
    }

    /**
     * Returns the output of a job with a number in a batch of several. It is in a file with that number, or in one
     * file for all jobs.
     */
    private String log(int task) throws Exception {
        return run("cd '" + folder() + "'; cat log-" + task + ".log 2>/dev/null || cat log.log");
    }

    /** Checks that an exit code is reported unchanged. */
    @Test
    public void submit_jobWithExitCode_failsWithIt() throws Exception {
        BatchStatus status = awaitEnd(submit("exit 3\n"));

        assertThat(status.end()).contains(End.FAILED);
        assertThat(status.exitCode()).hasValue(3);
    }

    /** Checks that a job that is killed has failed; it was not cancelled. */
    @Test
    public void submit_jobThatIsKilled_fails() throws Exception {
        BatchStatus status = awaitEnd(submit("kill -9 $$\n"));

        assertThat(status.end()).contains(End.FAILED);
        assertThat(status.exitCode().orElse(137)).isEqualTo(137);
    }

    /** Checks that each job of an array gets its number, and the job ids are in the order of the numbers. */
    @Test
    public void submit_array_runsEachJobWithItsNumber() throws Exception {
        if (system().largestBatch() < 3) {
            return;
        }
        List<String> jobIds = system().submit(
                        batch(3, "echo \"is $task\"; echo \"$task\" > " + file("ran") + "-$task; exit $task\n"));

        List<BatchStatus> ends = awaitEnds(jobIds);

        assertThat(new HashSet<>(jobIds)).hasSize(3);
        for (int task = 0; task < 3; task++) {
            BatchStatus status = ends.get(task);
            assertThat(read("ran-" + task)).isEqualTo(task + "\n");
            assertThat(log(task)).contains("is " + task);
            assertThat(status.end()).contains(task == 0 ? End.COMPLETED : End.FAILED);
            assertThat(status.exitCode()).hasValue(task);
        }
    }

    /** Checks that the body passes through the shells and the system unchanged. */
    @Test
    public void submit_oddBody_runsAsItIs() throws Exception {
        String odd = "it's \"so\" $HOME `x` \\ \\\\ % %j %% # ! * é ü \t|;&<>(){}[]~";
        String longText = "0123456789".repeat(20_000);
        String body = "cat > " + file("odd") + " <<'EOF'\n" + odd + "\nEOF\ncat >> " + file("odd")
                + " <<'EXPERIMAESTRO_SCRIPT_END'\n" + odd + "\nEXPERIMAESTRO_SCRIPT_END\n# " + longText + "\nexit 0\n";

        assertThat(awaitEnd(submit(body)).end()).contains(End.COMPLETED);
        assertThat(read("odd")).isEqualTo(odd + "\n" + odd + "\n");
    }

    /** Checks that the name of a user's folder may have any characters. */
    @Test
    public void submit_oddPath_writesTheLogThere() throws Exception {
        String name = "a b%j%% #1 \"é\" it's $HOME";
        run("mkdir " + file(name));
        Batch batch = Batch.of(
                "con-tract_1.2",
                "echo printed\n",
                folder() + "/" + name + "/50% log",
                batch(1, "").placement());

        BatchStatus status = awaitEnd(system().submit(batch).getFirst());

        assertThat(status.end()).contains(End.COMPLETED);
        assertThat(run("cd " + file(name) + "; cat '50% log-0.log' 2>/dev/null || cat '50% log.log'"))
                .contains("printed");
    }

    /** Checks that the variables, if they exist, have the documented content. */
    @Test
    public void submit_variables_tellOfTheJob() throws Exception {
        Batch plain =
                batch(1, """
                {
                  echo "restarts=${%s-0}"
                  echo "end=$(sh -c "${%s-}")" || echo "end failed"
                  echo "state=$(sh -c "${%s-}")" || echo "state failed"
                } > %s
                """.formatted(Batch.RESTARTS, Batch.END_COMMAND, Batch.STATE_COMMAND, file("variables")));
        var resources = new Resources(
                Optional.of(Duration.ofMinutes(2)), 1, 100L << 20, new TreeMap<>(), false, new TreeSet<>());
        Batch batch = plain.placement(
                plain.placement().toBuilder().resources(resources).build());
        Instant before = Instant.now();

        awaitEnd(system().submit(batch).getFirst());

        List<String> lines = read("variables").lines().toList();
        assertThat(lines).hasSize(3).contains("restarts=0");
        assertThat(lines.get(2)).matches("state=|state=(" + endNames() + ")");
        String end = lines.get(1).substring("end=".length());
        if (!end.isEmpty()) {
            assertThat(Instant.ofEpochSecond(Long.parseLong(end)))
                    .isBetween(before, Instant.now().plus(Duration.ofMinutes(5)));
        }
    }

    /**
     * Checks that variables that are passed to a job are hidden from other users, and so is the content of its
     * script.
     */
    @Test
    public void submit_secrets_reachTheJobAndNobodyElse() throws Exception {
        String passed = "passed-it's-\"secret\"\nin two lines";
        String inScript = "scripted-secret";
        Batch batch = batch(
                        1,
                        "printf %s \"$xpm_passed_TOKEN\" > " + file("token") + "\nTOKEN=" + inScript
                                + "\nexport TOKEN\n"
                                + "until [ -s " + file("go") + " ]; do sleep 0.1; done\nprintf %s \"$TOKEN\" > "
                                + file("other") + "\n")
                .passing(new TreeMap<>(Map.of("xpm_passed_TOKEN", passed)));
        assertThat(system().script(batch)).doesNotContain("passed-it");
        assertThat(batch.toString()).doesNotContain("passed-it", inScript);

        String jobId = system().submit(batch).getFirst();
        awaitFile("token");

        // The words of the search are not in its own command line, and those of other tests are not searched.
        String seen = run("""
                for process in /proc/[0-9]*; do
                  tr '\\000' ' ' <"$process"/cmdline
                done 2>/dev/null | grep -c -e '[p]assed-it' -e '[s]cripted-secret'
                find %s -type f ! -name token -perm /077 -exec grep -l -e '[p]assed-it' -e '[s]cripted-secret' {} +
                find %s -type f ! -name token -exec grep -l -e '[p]assed-it' {} +
                true
                """.formatted(ShellText.quote(folder()), ShellText.quote(folder())));
        run("echo go > " + file("go"));
        assertThat(seen).isEqualTo("0\n");
        assertThat(awaitEnd(jobId).end()).contains(End.COMPLETED);
        assertThat(read("token")).isEqualTo(passed);
        assertThat(read("other")).isEqualTo(inScript);
    }

    private static String endNames() {
        return String.join("|", Arrays.stream(End.values()).map(Enum::name).toList());
    }
}
