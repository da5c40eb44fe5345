package org.experimaestro.launcher.pbs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;

/** A reader of {@code qstat -x -f -t}, run with {@code TZ=UTC0}. */
final class QstatReader {
    private static final String TITLE = "Job Id: ";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    /** The first exit status that means a signal (PBS Professional User's Guide, "Job Exit Status Codes"). */
    private static final int FIRST_SIGNAL = 256;

    /** The substate of deleted jobs (PBS Professional Reference Guide, "Job Substates"). */
    private static final String DELETED = "91";

    private static final String FINISHED = "92";
    private static final String FAILED = "93";

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final DateTimeFormatter CTIME = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu", Locale.ROOT);

    private QstatReader() {}

    /**
     * Returns the jobs in the output of qstat.
     *
     * @param output the output; lines that are not jobs are ignored
     * @return statuses by job id
     */
    static Map<String, BatchStatus> read(String output) {
        Map<String, BatchStatus> jobs = new LinkedHashMap<>();
        for (PbsBlocks.Block block : PbsBlocks.read(output)) {
            String id = id(block);
            if (!id.isEmpty()) {
                String state = block.value("job_state").strip();
                if (PbsJobId.parse(id).isPresent() && !state.isEmpty()) {
                    jobs.put(id, status(state, block));
                }
            }
        }
        return jobs;
    }

    /** Returns the job of a block; empty if the block describes another object. */
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
        // The scheduler prints this comment for a request that no host could ever meet.
        boolean isStuck = phase == Phase.PENDING && comment.startsWith("Can Never Run");
        return isStuck
                ? BatchStatus.stuck(state, comment)
                : BatchStatus.active(phase, state, comment).expectedAt(time(job.value("estimated.start_time")));
    }

    /** Returns a time as ctime(3) prints it, in UTC; empty if the scheduler has estimated none. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(SPACES.matcher(text.strip()).replaceAll(" "), CTIME)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
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

    /** Returns the kind of end of a job without an exit status, which never ran. */
    private static End endOfSubstate(String substate) {
        return switch (substate) {
            case FINISHED -> End.COMPLETED;
            case FAILED -> End.FAILED;
            default -> End.CANCELLED;
        };
    }

    /** Returns the meaning of an exit status. Negative ones are PBS's own (the same guide, and OpenPBS's job.h). */
    private static End end(int exitStatus) {
        if (exitStatus >= 0) {
            return exitStatus == 0 ? End.COMPLETED : End.FAILED;
        }
        return switch (exitStatus) {
            // The job used more cores than its limit.
            case -24, -25 -> End.FAILED;
            case -26, -27 -> End.MEMORY_LIMIT;
            // The limits of processor time, and of time.
            case -28, -29 -> End.TIME_LIMIT;
            // The host's daemon was restarted, or could not be reached.
            case -4, -5, -6, -20, -30 -> End.NODE_FAILURE;
            // The others are failures to start it.
            default -> End.REFUSED;
        };
    }
}
