package org.experimaestro.launcher.pbs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;

/** Reads {@code qstat -x -f -t}. */
final class QstatReader {
    private static final String TITLE = "Job Id: ";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    /** Exit statuses from here on are signals (PBS Professional User's Guide, "Job Exit Status Codes"). */
    private static final int FIRST_SIGNAL = 256;

    /** Substates of jobs that are over (PBS Professional Reference Guide, "Job Substates"). */
    private static final String DELETED = "91";

    private static final String FINISHED = "92";
    private static final String FAILED = "93";

    private QstatReader() {}

    /**
     * The jobs that qstat tells of.
     *
     * @param output what it printed; what is no job is left out
     * @return statuses by handle
     */
    static Map<String, BatchStatus> read(String output) {
        Map<String, BatchStatus> jobs = new LinkedHashMap<>();
        for (PbsBlocks.Block block : PbsBlocks.read(output)) {
            String id = id(block);
            if (!id.isEmpty()) {
                String state = block.value("job_state").strip();
                if (PbsHandle.parse(id).isPresent() && !state.isEmpty()) {
                    jobs.put(id, status(state, block));
                }
            }
        }
        return jobs;
    }

    /** The job that a block is about; empty if it is about something else. */
    static String id(PbsBlocks.Block block) {
        return block.title().startsWith(TITLE)
                ? block.title().substring(TITLE.length()).strip()
                : "";
    }

    private static BatchStatus status(String state, PbsBlocks.Block job) {
        String comment = job.value("comment").strip();
        Phase phase = PbsStates.find(state).map(PbsStates::phase).orElse(Phase.RUNNING);
        if (phase == Phase.ENDED) {
            return ended(state, comment, job);
        }
        // The scheduler's words for a request that no host could ever meet.
        boolean isStuck = phase == Phase.PENDING && comment.startsWith("Can Never Run");
        return isStuck ? BatchStatus.stuck(state, comment) : BatchStatus.active(phase, state, comment);
    }

    private static BatchStatus ended(String state, String comment, PbsBlocks.Block job) {
        Optional<Integer> exitStatus = Optional.of(job.value("Exit_status").strip())
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt);
        String substate = job.value("substate").strip();
        End end = substate.equals(DELETED)
                ? End.CANCELLED
                : exitStatus.map(QstatReader::end).orElseGet(() -> endOfSubstate(substate));
        OptionalInt exitCode = exitStatus.filter(code -> code >= 0).stream()
                .mapToInt(code -> code >= FIRST_SIGNAL ? 128 + code - FIRST_SIGNAL : code)
                .findFirst();
        return BatchStatus.ended(end, state, comment, exitCode);
    }

    /** A job without an exit status never ran. */
    private static End endOfSubstate(String substate) {
        return switch (substate) {
            case FINISHED -> End.COMPLETED;
            case FAILED -> End.FAILED;
            default -> End.CANCELLED;
        };
    }

    /** What an exit status means: negative ones are PBS's own (the same guide, and OpenPBS's job.h). */
    private static End end(int exitStatus) {
        if (exitStatus >= 0) {
            return exitStatus == 0 ? End.COMPLETED : End.FAILED;
        }
        return switch (exitStatus) {
            // More cores than it may.
            case -24, -25 -> End.FAILED;
            case -26, -27 -> End.MEMORY_LIMIT;
            // Processor time, and time.
            case -28, -29 -> End.TIME_LIMIT;
            // Ended when the host's daemon came back, or could not be reached.
            case -4, -5, -6, -20, -30 -> End.NODE_FAILURE;
            // The others are failures to start it.
            default -> End.REFUSED;
        };
    }
}
