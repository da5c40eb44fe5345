package org.experimaestro.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;

/**
 * A real Slurm cluster on this machine, of three nodes with 4 CPUs and 4000 MB each: node1 (feature cpu), node2 (feature gpu,
 * 2 GPUs of type small) and node3 (feature gpu, 2 of type large); and two partitions: short (all nodes, 2 minutes, the
 * default) and long (node2 and node3, one day). test-support/cluster/README.md tells more. Thread-safe, but trouble that one
 * test makes is trouble for all that run at the time.
 */
public final class TestCluster implements Fixture {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CONTROLLER = "slurmctld";
    private static final List<String> NODES = List.of("node1", "node2", "node3");
    /** Where jobs are that others give way to. It is there while {@link #preempt} makes them do so. */
    private static final String URGENT = "urgent";

    private final String name;
    private final Path folder;
    private final Map<String, String> settings;
    private volatile boolean troubled;

    private TestCluster(String name, Path folder, Map<String, String> settings) {
        this.name = name;
        this.folder = folder;
        this.settings = settings;
    }

    /** Where {@link #slurm()} is, or will be once somebody asks for it. */
    static final Path FOLDER = Fixtures.shortFolder("slurm");

    /**
     * The cluster with accounting, which knows a job for five minutes after its end. It is started when it is first asked for.
     *
     * @return the cluster of this JVM
     * @throws UnavailableException when this machine lacks something; {@link NeedsSlurm} skips such tests
     */
    public static TestCluster slurm() {
        return Fixtures.OURS.get("slurm", TestCluster.class, () -> start("slurm", FOLDER, Map.of()));
    }

    /**
     * A second cluster, without accounting, so that sacct fails. Its controller forgets a job two seconds after its end, or up
     * to a minute later: it looks that seldom.
     *
     * @return the cluster of this JVM
     * @throws UnavailableException when this machine lacks something
     */
    public static TestCluster withoutAccounting() {
        return Fixtures.OURS.get(
                "slurm-without-accounting",
                TestCluster.class,
                () -> start(
                        "slurm-without-accounting",
                        Fixtures.shortFolder("slurm"),
                        Map.of("TEST_CLUSTER_ACCOUNTING", "no", "TEST_CLUSTER_MIN_JOB_AGE", "2")));
    }

    private static TestCluster start(String name, Path folder, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("TEST_CLUSTER_FOLDER", folder.toString());
        all.put("TEST_CLUSTER_OWNER", Long.toString(ProcessHandle.current().pid()));
        var cluster = new TestCluster(name, folder, Map.copyOf(all));
        try {
            cluster.script("slurm-up");
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
        return cluster;
    }

    /**
     * The scratch folder: {@code etc} has the configuration, {@code log} what the daemons wrote.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * What sets Slurm's commands on this cluster.
     *
     * @return the variable SLURM_CONF
     */
    public Map<String, String> environment() {
        return Map.of("SLURM_CONF", folder.resolve("etc/slurm.conf").toString());
    }

    /**
     * Whether jobs are held in cgroups. A job over its memory then ends as OUT_OF_MEMORY, else as FAILED by signal 9.
     *
     * @return whether they are
     */
    public boolean usesCgroups() {
        return output("scontrol", "show", "config").contains("proctrack/cgroup");
    }

    /**
     * Runs a command on this cluster, such as {@code squeue}, in the scratch folder and with this JVM's environment.
     *
     * @param command the command and its arguments
     * @return what it did
     * @throws AssertionError when it takes more than two minutes
     */
    public ProgramOutcome run(String... command) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(environment());
        try (Running running = Running.start(folder, environment, List.of(command))) {
            return running.finish(PATIENCE);
        }
    }

    /**
     * What a command writes that must not fail.
     *
     * @param command the command and its arguments
     * @return its standard output, without blanks around it
     * @throws AssertionError when it fails, or takes more than two minutes
     */
    public String output(String... command) {
        ProgramOutcome outcome = run(command);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(Arrays.toString(command) + " failed: " + outcome);
        }
        return outcome.out().strip();
    }

    /**
     * Submits a job, by {@code sbatch --parsable}.
     *
     * @param arguments further arguments of sbatch, such as {@code --wrap}
     * @return the job's number
     * @throws AssertionError when sbatch refuses it
     */
    public String submit(String... arguments) {
        List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
        command.addAll(List.of(arguments));
        return output(command.toArray(String[]::new));
    }

    /**
     * The state of a job, as the controller knows it.
     *
     * @param jobId the number of a job that the controller has not forgotten, or that of an array's task, such as 7_3
     * @return the state, such as RUNNING
     */
    public String state(String jobId) {
        return output("squeue", "--noheader", "--states=all", "--format=%T", "--jobs=" + jobId);
    }

    /**
     * Waits until a job has one of some states.
     *
     * @param jobId as for {@link #state}
     * @param states the states
     * @throws AssertionError when that takes more than two minutes
     */
    public void awaitState(String jobId, String... states) {
        Await.until(
                "job " + jobId + " to be " + String.join(" or ", states),
                PATIENCE,
                () -> Set.of(states).contains(state(jobId)));
    }

    /**
     * Makes the end of a running job's time limit now. The controller notices within 30 seconds, and ends it as TIMEOUT.
     *
     * @param jobId the job's number
     */
    public void endNow(String jobId) {
        output("scontrol", "update", "JobId=" + jobId, "EndTime=now+1");
    }

    /**
     * Has a job that was queued again start in two seconds. Slurm would let it wait for some more; sooner, its node would take
     * the new credential for that which was revoked.
     *
     * @param jobId the job's number
     */
    public void startNow(String jobId) {
        awaitState(jobId, "PENDING");
        output("scontrol", "update", "JobId=" + jobId, "StartTime=now+2");
    }

    /**
     * The node that a job runs on.
     *
     * @param jobId the number of a job that runs on one node
     * @return node1, node2 or node3
     */
    public String node(String jobId) {
        return output("squeue", "--noheader", "--format=%N", "--jobs=" + jobId);
    }

    /**
     * Makes a running job of the partition short give way to a more urgent one, which ends at once.
     *
     * @param jobId the job's number
     * @param mode what becomes of it: CANCEL or REQUEUE
     */
    public void preempt(String jobId, String mode) {
        troubled = true;
        output("scontrol", "update", "PartitionName=short", "PreemptMode=" + mode);
        output("scontrol", "create", "PartitionName=" + URGENT, "Nodes=" + node(jobId), "PriorityTier=10");
        String urgent = submit("--partition=" + URGENT, "--exclusive", "--output=/dev/null", "--wrap", "exit 0");
        awaitState(urgent, "COMPLETED");
        restorePartitions();
    }

    private void restorePartitions() {
        if (run("sinfo", "--noheader", "--partition=" + URGENT).out().contains(URGENT)) {
            output("scancel", "--partition=" + URGENT);
            Await.until(
                    "the end of urgent jobs",
                    PATIENCE,
                    () -> output("squeue", "--noheader", "--partition=" + URGENT)
                            .isEmpty());
            output("scontrol", "delete", "PartitionName=" + URGENT);
        }
        output("scontrol", "update", "PartitionName=short", "PreemptMode=REQUEUE");
    }

    /**
     * Tells the controller that a node is lost, which ends its jobs: as NODE_FAIL, or they are queued again.
     *
     * @param node node1, node2 or node3
     */
    public void setNodeDown(String node) {
        troubled = true;
        output("scontrol", "update", "NodeName=" + node, "State=DOWN", "Reason=test");
    }

    /**
     * Tells the controller that a node is there again, and waits until it is.
     *
     * @param node node1, node2 or node3
     */
    public void setNodeUp(String node) {
        Await.until(node + " to be up", PATIENCE, () -> {
            String states =
                    run("sinfo", "--noheader", "--nodes=" + node, "--format=%T").out();
            if (states.matches("(?s).*(down|drain).*")) {
                // Refused where the node has come back by itself in the meantime.
                run("scontrol", "update", "NodeName=" + node, "State=RESUME");
            }
            return states.matches("(?s)((idle|mixed|allocated|completing)\\s+)+");
        });
    }

    /** Ends the controller in good order. Jobs go on; commands fail after up to 18 seconds. */
    public void stopController() {
        stopDaemon(CONTROLLER);
    }

    /** Kills the controller; it has not saved what happened last. */
    public void killController() {
        killDaemon(CONTROLLER);
    }

    /** Makes the controller so slow that it does not answer. */
    public void pauseController() {
        trouble("pause", CONTROLLER);
    }

    /** Lets a paused controller go on. */
    public void resumeController() {
        trouble("resume", CONTROLLER);
    }

    /** Starts the controller, and waits until it answers. */
    public void startController() {
        startDaemon(CONTROLLER);
    }

    /**
     * Ends a daemon in good order.
     *
     * @param daemon slurmctld, slurmdbd, mariadbd, munged, node1, node2 or node3
     */
    public void stopDaemon(String daemon) {
        trouble("stop", daemon);
    }

    /**
     * Starts a daemon that does not run, and waits until it works.
     *
     * @param daemon as for {@link #stopDaemon}
     */
    public void startDaemon(String daemon) {
        trouble("start", daemon);
    }

    /**
     * Kills a daemon.
     *
     * @param daemon as for {@link #stopDaemon}
     */
    public void killDaemon(String daemon) {
        trouble("kill", daemon);
    }

    private void trouble(String action, String daemon) {
        troubled = true;
        script("slurm-daemon", action, daemon);
    }

    /** Starts what does not run, lets go on what was paused, gets all nodes up, and has the partitions as they were. */
    @Override
    public void repair() {
        if (troubled) {
            script("slurm-up");
            NODES.forEach(this::setNodeUp);
            restorePartitions();
            troubled = false;
        }
    }

    /** Cancels all jobs, and waits until they are gone. */
    @Override
    public void clear() {
        output("scancel", "--user=" + System.getProperty("user.name"));
        Await.until(
                "all jobs to be gone",
                PATIENCE,
                () -> output("squeue", "--noheader").isEmpty());
    }

    @Override
    public void close() {
        Logs.keep(folder.resolve("log"), name);
        script("slurm-down");
    }

    private void script(String script, String... arguments) {
        new SupportScript(script, settings).run(arguments);
    }
}
