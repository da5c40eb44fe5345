package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups as Slurm, PBS and systemd make them, in folders that imitate those of the system. This process is number 70. */
class CgroupMemoryTest {
    private static final String STEP = "system.slice/slurmstepd.scope/job_1234/step_batch";

    @TempDir
    Path folder;

    private Path processes;
    private Path groups;

    @BeforeEach
    void begin() throws IOException {
        processes = folder.resolve("proc");
        groups = folder.resolve("cgroup");
        process(1, "init", 0, 1);
        process(70, "java", 50, 60);
        Files.createDirectory(processes.resolve("self"));
        Files.copy(processes.resolve("70/stat"), processes.resolve("self/stat"));
        process(60, "sh", 1, 60);
        process(50, "slurmstepd", 1, 50);
    }

    private void process(int pid, String name, int parent, int group) throws IOException {
        Path shown = Files.createDirectories(processes.resolve(Integer.toString(pid)));
        Files.writeString(shown.resolve("stat"), pid + " (" + name + ") S " + parent + " " + group + " 1 0 -1 0 0\n");
    }

    private void isIn(String lines) throws IOException {
        Files.writeString(processes.resolve("self/cgroup"), lines);
    }

    private void group(String path, String peakFile, String peak, int... members) throws IOException {
        Path group = Files.createDirectories(groups.resolve(path));
        StringBuilder pids = new StringBuilder();
        for (int pid : members) {
            pids.append(pid).append('\n');
        }
        Files.writeString(group.resolve("cgroup.procs"), pids);
        if (!peak.isEmpty()) {
            Files.writeString(group.resolve(peakFile), peak + "\n");
        }
    }

    private CgroupMemory ofSlurm(String job) {
        return new CgroupMemory(processes, groups, job, null);
    }

    private CgroupMemory ofNone() {
        return new CgroupMemory(processes, groups, null, null);
    }

    @Test
    void peak_taskOfSlurm_isThatOfItsOwnGroup() throws IOException {
        isIn("0::/" + STEP + "/user/task_0\n");
        group(STEP, "memory.peak", "9000");
        group(STEP + "/slurm", "memory.peak", "500", 50);
        group(STEP + "/user/task_0", "memory.peak", "8000", 70, 60);
        assertThat(ofSlurm("1234").peak()).hasValue(8000);
    }

    @Test
    void peak_groupOfTheTaskCountsNoMemory_isThatOfTheStep() throws IOException {
        isIn("0::/" + STEP + "/user/task_0\n");
        group(STEP, "memory.peak", "9000");
        group(STEP + "/slurm", "memory.peak", "500", 50);
        group(STEP + "/user/task_0", "memory.peak", "", 70);
        assertThat(ofSlurm("1234").peak()).hasValue(9000);
    }

    @Test
    void peak_firstVersion_isThatOfTheControllerOfMemory() throws IOException {
        isIn("9:cpu:/slurm/uid_0/job_1234/step_0\n4:hugetlb,memory:/slurm/uid_0/job_1234/step_0/task_0\n0::/\n");
        group("memory/slurm/uid_0/job_1234/step_0/task_0", "memory.max_usage_in_bytes", "7000", 70);
        assertThat(ofSlurm("1234").peak()).hasValue(7000);
    }

    @Test
    void peak_stepOfAnotherJob_isUnknown() throws IOException {
        isIn("0::/" + STEP + "\n");
        group(STEP, "memory.peak", "9000", 70);
        assertThat(ofSlurm("123").peak()).isEmpty();
        assertThat(ofNone().peak()).isEmpty();
        assertThat(ofSlurm("1234").peak()).hasValue(9000);
    }

    /** The plan itself runs in an allocation, and has started the job there. */
    @Test
    void peak_planIsInTheSameStep_isUnknown() throws IOException {
        process(65, "java", 60, 60);
        process(70, "java", 65, 60);
        isIn("0::/" + STEP + "\n");
        group(STEP, "memory.peak", "9000", 60, 65, 70);
        assertThat(ofSlurm("1234").peak()).isEmpty();
    }

    @Test
    void peak_otherJobInTheGroup_isUnknown() throws IOException {
        process(80, "java", 1, 80);
        isIn("0::/user.slice/run-u17.scope\n");
        group("user.slice/run-u17.scope", "memory.peak", "9000", 70, 80);
        assertThat(ofNone().peak()).isEmpty();
    }

    @Test
    void peak_processesThatTheTaskHasStarted_areItsOwn() throws IOException {
        process(81, "python", 70, 81);
        process(82, "java", 81, 82);
        isIn("0::/user.slice/run-u17.scope\n");
        group("user.slice/run-u17.scope", "memory.peak", "9000", 82, 81, 70, 99);
        assertThat(ofNone().peak()).hasValue(9000);
    }

    @Test
    void peak_jobOfPbs_isThatOfItsGroup() throws IOException {
        isIn("4:memory:/pbs_jobs.service/jobid/17.server\n");
        group("memory/pbs_jobs.service/jobid/17.server", "memory.max_usage_in_bytes", "6000", 70);
        assertThat(new CgroupMemory(processes, groups, null, "17.server").peak())
                .hasValue(6000);
        assertThat(new CgroupMemory(processes, groups, null, "7.server").peak()).isEmpty();
        assertThat(new CgroupMemory(processes, groups, null, "17").peak()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/user.slice/user-1000.slice/session-3.scope",
                "/system.slice/docker-0123.scope",
                "/system.slice/cron.service",
                "/run-u17.slice"
            })
    void peak_groupThatIsNotOfAJob_isUnknown(String path) throws IOException {
        isIn("0::" + path + "\n");
        group(path.equals("/") ? "." : path.substring(1), "memory.peak", "9000", 70);
        assertThat(ofNone().peak()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no line of a group", "0::", "::", "0::/run-u1.scope"})
    void peak_systemThatTellsNothing_isUnknown(String lines) throws IOException {
        isIn(lines);
        assertThat(ofNone().peak()).isEmpty();
    }

    @Test
    void peak_noNumber_isUnknown() throws IOException {
        isIn("0::/run-u1.scope\n");
        group("run-u1.scope", "memory.peak", "max", 70);
        assertThat(ofNone().peak()).isEmpty();
    }
}
