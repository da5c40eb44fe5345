package org.experimaestro.launcher.slurm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An option of a Slurm launcher. Most are an option of sbatch(1), which is written {@code --name=value}, with hyphens
 * for underscores.
 */
enum SlurmOption {
    /** The account that pays. */
    ACCOUNT(OptionForm.TEXT, "the account that is charged"),
    /** The quality of service. */
    QOS(OptionForm.TEXT, "the quality of service"),
    /** The partition. */
    PARTITION(
            OptionForm.TEXT,
            "the partition, or several with commas; of the partitions in the launcher file, only these are used"),
    /** Features of nodes. */
    CONSTRAINT(OptionForm.TEXT, "features that the nodes must have, as in gpu&(v100|a100)"),
    /** Nodes to avoid. */
    EXCLUDE(OptionForm.TEXT, "nodes that are not used, as in node[1-3,7]"),
    /** Nodes to have. */
    NODELIST(OptionForm.TEXT, "nodes that are used, as in node[1-3,7]"),
    /** Number of nodes. */
    NODES(
            OptionForm.RANGE,
            "how many nodes a job has, as in 2 or 2-4; 1 if not set. Without ntasks, each has one process"),
    /** Number of tasks. */
    NTASKS(
            OptionForm.COUNT,
            "how many processes a job may start with srun, at least one for each node; 1 if nodes, ntasks_per_node"
                    + " and this are not set"),
    /** Number of tasks of each node. */
    NTASKS_PER_NODE(OptionForm.COUNT, "how many processes a job may start with srun on each node"),
    /** Accelerators of a job. */
    GPUS(OptionForm.TEXT, "GPUs of a job, as in 4 or a100:4; instead of those of the requirement"),
    /** Accelerators of each node. */
    GPUS_PER_NODE(
            OptionForm.TEXT, "GPUs of a job on each node, as in 4 or a100:4; instead of those of the requirement"),
    /** Generic resources. */
    GRES(OptionForm.TEXT, "generic resources of each node; with gpu among them, instead of those of the requirement"),
    /** Memory of each node. */
    MEM(OptionForm.MEMORY, "memory of each node, as in 400M; instead of that of the requirement"),
    /** Memory of each core. */
    MEM_PER_CPU(OptionForm.MEMORY, "memory for each core, as in 400M; instead of that of the requirement"),
    /** Memory of each accelerator. */
    MEM_PER_GPU(OptionForm.MEMORY, "main memory for each GPU, as in 16G; instead of that of the requirement"),
    /** Cores. */
    CPUS_PER_TASK(OptionForm.COUNT, "cores of each process; instead of those of the requirement"),
    /** Time limit. */
    TIME(
            OptionForm.TIME,
            "how long a job may take, as in 90 (minutes), 1:30:00 or 2-12; instead of the requirement's duration"),
    /** Reservation. */
    RESERVATION(OptionForm.TEXT, "the reservation whose nodes are used"),
    /** Licenses. */
    LICENSES(OptionForm.TEXT, "licenses that a job takes, as in matlab:2"),
    /** The events that send mail. */
    MAIL_TYPE(OptionForm.MAIL_TYPE, "when Slurm writes to mail_user, as in FAIL,TIME_LIMIT"),
    /** The recipient of mail. */
    MAIL_USER(OptionForm.TEXT, "whom Slurm writes to"),
    /** The decrease of the priority. */
    NICE(OptionForm.NUMBER, "by how much the priority is lowered"),
    /** A comment. */
    COMMENT(OptionForm.TEXT, "a comment that squeue can show"),
    /** Tasks of an array that run at once. */
    ARRAY_LIMIT(OptionForm.COUNT, "how many jobs of an array run at once"),
    /** The permission for Slurm to restart a job. */
    REQUEUE(OptionForm.FLAG, "whether Slurm may start a job again by itself; as the site has it if not set"),
    /** A signal before the end. */
    SIGNAL(OptionForm.SIGNAL, "a signal before the time limit, as in B:USR1@60"),
    /** Folder of the commands. */
    BIN(OptionForm.FOLDER, "the folder of sbatch, squeue, sacct, scancel and srun, if they are not on the PATH"),
    /** The start of several processes by srun. */
    SRUN(OptionForm.FLAG, "true: a job is started by srun, as many times as it has ntasks"),
    /** Largest array. */
    MAX_ARRAY(OptionForm.COUNT, "how many jobs an array has at most; 1000 if not set, 1 for no arrays");

    /** The largest array, if the option is not set: Slurm's own limit, MaxArraySize, is 1001 unless a site changes it. */
    static final int DEFAULT_MAX_ARRAY = 1000;

    private static final Map<String, SlurmOption> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(SlurmOption::key, Function.identity()));

    private final OptionForm form;
    private final String meaning;

    SlurmOption(OptionForm form, String meaning) {
        this.form = form;
        this.meaning = meaning;
    }

    /** Returns the option of a name in the launcher file. */
    static Optional<SlurmOption> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Returns its name in the launcher file. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns its name for sbatch. */
    String flag() {
        return "--" + key().replace('_', '-');
    }

    /** Returns its meaning, for users. */
    String meaning() {
        return meaning;
    }

    /** Returns the form of its value. */
    OptionForm form() {
        return form;
    }
}
