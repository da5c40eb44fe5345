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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.experimaestro.spi.BatchUse;

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

    /** The beginning of the names of attributes with what a job has used. */
    private static final String USED = "resources_used.";

    private static final Pattern TIME = Pattern.compile("(\\d{1,9}):(\\d{1,2}):(\\d{1,2})");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgt]?)b");
    private static final String UNITS = "kmgt";

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

    /**
     * Returns the accounted use of jobs that have ended in the output of qstat.
     *
     * @param output the output; lines that are not jobs are ignored
     * @return the use by job id; a job for which PBS has counted nothing is left out
     */
    static Map<String, BatchUse> uses(String output) {
        Map<String, BatchUse> uses = new LinkedHashMap<>();
        for (PbsBlocks.Block block : PbsBlocks.read(output)) {
            String id = id(block);
            String state = block.value("job_state").strip();
            boolean isUsed = block.attributes().keySet().stream().anyMatch(name -> name.startsWith(USED));
            if (PbsJobId.parse(id).isPresent()
                    && PbsStates.find(state)
                            .map(PbsStates::phase)
                            .filter(Phase.ENDED::equals)
                            .isPresent()
                    && isUsed) {
                uses.put(id, use(state, block));
            }
        }
        return uses;
    }

    private static BatchUse use(String state, PbsBlocks.Block job) {
        return new BatchUse(
                state,
                exitCode(exitStatus(job)),
                seconds(job.value(USED + "walltime")),
                seconds(job.value(USED + "cput")),
                bytes(job.value(USED + "mem")));
    }

    /** Returns the seconds of {@code hours:minutes:seconds}. */
    private static OptionalDouble seconds(String text) {
        Matcher time = TIME.matcher(text.strip());
        return time.matches()
                ? OptionalDouble.of(3600.0 * Integer.parseInt(time.group(1))
                        + 60.0 * Integer.parseInt(time.group(2))
                        + Integer.parseInt(time.group(3)))
                : OptionalDouble.empty();
    }

    /** Returns the bytes of {@code 2724kb}; empty if PBS has not seen any memory. */
    private static OptionalLong bytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        int power = UNITS.indexOf(size.group(2)) + (size.group(2).isEmpty() ? 0 : 1);
        long number = Long.parseLong(size.group(1));
        return number > 0 && number <= Long.MAX_VALUE >> 10 * power
                ? OptionalLong.of(number << 10 * power)
                : OptionalLong.empty();
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
        Optional<Integer> exitStatus = exitStatus(job);
        String substate = job.value("substate").strip();
        End end = substate.equals(DELETED)
                ? End.CANCELLED
                : exitStatus.map(QstatReader::end).orElseGet(() -> endOfSubstate(substate));
        return BatchStatus.ended(end, state, comment, exitCode(exitStatus));
    }

    private static Optional<Integer> exitStatus(PbsBlocks.Block job) {
        return Optional.of(job.value("Exit_status").strip())
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt);
    }

    private static OptionalInt exitCode(Optional<Integer> exitStatus) {
        return exitStatus.filter(code -> code >= 0).stream()
                .mapToInt(code -> code >= FIRST_SIGNAL ? 128 + code - FIRST_SIGNAL : code)
                .findFirst();
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
