package org.experimaestro.base.process;

import java.util.List;

/** The environment variables that pass information from a launcher to a job's process. */
public final class JobVariables {
    /**
     * A shell command that prints the time when the job will be ended, in seconds since 1970, or nothing if there is
     * no limit.
     */
    public static final String END_COMMAND = "EXPERIMAESTRO_END_COMMAND";

    /**
     * A shell command that prints the job's state in terms of Experimaestro, such as {@code TIME_LIMIT}, or nothing.
     */
    public static final String STATE_COMMAND = "EXPERIMAESTRO_STATE_COMMAND";

    /** A file that the launcher makes before it asks the job to end; empty or not set if it makes none. */
    public static final String CANCELLED_FILE = "EXPERIMAESTRO_CANCELLED_FILE";

    /** The seconds that a task has to clean up after a request to end; not set for the usual time. */
    public static final String GRACE = "EXPERIMAESTRO_GRACE";

    /** The number of times that the batch system has restarted this job before, 0 at first. */
    public static final String RESTARTS = "EXPERIMAESTRO_RESTARTS";

    /** The jobs that must be done before this one, as {@code type/identifier}, separated by spaces. */
    public static final String NEEDS = "EXPERIMAESTRO_NEEDS";

    /** Set to {@code workspace} if the job holds tokens of its workspace, which its process gives back at its end. */
    public static final String TOKENS = "EXPERIMAESTRO_TOKENS";

    /** The folder of the tokens of this machine, if the job holds some of them; else not set. */
    public static final String MACHINE_TOKENS = "EXPERIMAESTRO_MACHINE_TOKENS";

    /** The folders of named roots on the job's host: a JSON object of absolute paths by the names of the roots. */
    public static final String ROOTS = "EXPERIMAESTRO_ROOTS";

    /** Set to {@link #OFF} if the energy that the job uses is not to be measured; else not set. */
    public static final String ENERGY = "EXPERIMAESTRO_ENERGY";

    /** The value of a variable that switches something off. */
    public static final String OFF = "off";

    /** The grams of carbon dioxide that making a kilowatt hour releases; not set if that is not known. */
    public static final String CARBON = "EXPERIMAESTRO_CARBON";

    /**
     * The names of variables of {@link #RANKS}, separated by spaces, that the user has set for the job. They do not
     * contain the rank of this process.
     */
    public static final String NO_RANKS = "EXPERIMAESTRO_NO_RANKS";

    /** The JSON file with the parameters of a task's program. Set for the program alone, as the next four. */
    public static final String PROGRAM_PARAMETERS = "EXPERIMAESTRO_PARAMETERS";

    /** The file to which a task's program appends its measurements and progress. */
    public static final String PROGRAM_MEASUREMENTS = "EXPERIMAESTRO_MEASUREMENTS";

    /** The folder of the job whose task runs the program. */
    public static final String PROGRAM_FOLDER = "EXPERIMAESTRO_FOLDER";

    /** The number of the attempt at the job, from 1. */
    public static final String PROGRAM_ATTEMPT = "EXPERIMAESTRO_ATTEMPT";

    /** The start of the name of a variable with a generated path; the name of the path's parameter follows. */
    public static final String PROGRAM_PATH = "EXPERIMAESTRO_PATH_";

    /**
     * The variables that contain the rank of a process among several equal processes of its job, from 0. They are set
     * by Slurm's srun, Open MPI, launchers with the interfaces PMI and PMIx, MVAPICH, Intel MPI, PALS, Flux and
     * jsrun. PyTorch's launcher and similar launchers set them, too.
     */
    public static final List<String> RANKS = List.of(
            "SLURM_PROCID",
            "OMPI_COMM_WORLD_RANK",
            "PMI_RANK",
            "PMIX_RANK",
            "MV2_COMM_WORLD_RANK",
            "MPI_RANKID",
            "PALS_RANKID",
            "FLUX_TASK_RANK",
            "JSM_NAMESPACE_RANK",
            "RANK",
            "LOCAL_RANK");

    /**
     * The variables that accompany the rank, such as the number of processes. Slurm's variables for the job as a
     * whole are not among them, because programs inside it may use them.
     */
    public static final List<String> RANK_COMPANIONS = List.of(
            "SLURM_LOCALID",
            "SLURM_NODEID",
            "SLURM_GTIDS",
            "SLURM_STEP_ID",
            "SLURM_STEPID",
            "SLURM_STEP_NUM_TASKS",
            "OMPI_COMM_WORLD_SIZE",
            "OMPI_COMM_WORLD_LOCAL_RANK",
            "OMPI_COMM_WORLD_LOCAL_SIZE",
            "OMPI_COMM_WORLD_NODE_RANK",
            "PMI_SIZE",
            "PMI_FD",
            "PMI_PORT",
            "PMI_ID",
            "PMI_LOCAL_RANK",
            "PMI_LOCAL_SIZE",
            "PMIX_NAMESPACE",
            "PMIX_ID",
            "PMIX_SERVER_URI",
            "PMIX_SERVER_URI2",
            "PMIX_SERVER_URI21",
            "PMIX_SERVER_URI3",
            "PMIX_SERVER_URI4",
            "PMIX_SERVER_URI41",
            "MV2_COMM_WORLD_SIZE",
            "MV2_COMM_WORLD_LOCAL_RANK",
            "MV2_COMM_WORLD_LOCAL_SIZE",
            "MPI_LOCALRANKID",
            "MPI_LOCALNRANKS",
            "PALS_LOCAL_RANKID",
            "FLUX_TASK_LOCAL_ID",
            "JSM_NAMESPACE_SIZE",
            "JSM_NAMESPACE_LOCAL_RANK",
            "WORLD_SIZE",
            "LOCAL_WORLD_SIZE",
            "NODE_RANK",
            "GROUP_RANK",
            "GROUP_WORLD_SIZE",
            "ROLE_RANK",
            "ROLE_WORLD_SIZE");

    private JobVariables() {}
}
