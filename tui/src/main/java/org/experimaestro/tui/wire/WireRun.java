package org.experimaestro.tui.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The answer about a run.
 *
 * @param run its line
 * @param jobsHere the number of jobs that it has at once at most on the host of its process
 * @param total the number of its jobs
 * @param changed the number of jobs that have another state now than in this answer, which is about the end of the run;
 *     absent if it is about now
 * @param left the time that it still takes; absent when it is over
 * @param types the types of its jobs
 * @param failures why jobs have failed
 * @param running the jobs that run, those that run longest first
 * @param runningTotal the number of jobs that run
 * @param waiting why jobs wait
 * @param command a command that prints the same
 * @param code the code that the run was made from
 * @param again a command that runs the plan again
 * @param title the title of the experiment
 * @param description more about the experiment, maybe in several lines
 * @param energy the energy of its jobs, in words
 * @param saved the names under which plans of the experiment have saved configurations
 */
public record WireRun(
        WireRunLine run,
        OptionalInt jobsHere,
        int total,
        OptionalInt changed,
        Optional<Left> left,
        List<TypeLine> types,
        List<Cause> failures,
        List<Active> running,
        int runningTotal,
        List<Cause> waiting,
        String command,
        Optional<CodeLine> code,
        Optional<String> again,
        Optional<String> title,
        Optional<String> description,
        Optional<String> energy,
        List<String> saved) {
    /**
     * The code that a run was made from.
     *
     * @param text its commit, and how many files differ from it
     * @param checkout a command that gives the code back
     */
    public record CodeLine(String text, String checkout) {}

    /**
     * A forecast.
     *
     * @param seconds the time left; absent when it is not known
     * @param basis the reason of the number, or of its absence
     */
    public record Left(OptionalDouble seconds, String basis) {}

    /**
     * The jobs of one type.
     *
     * @param type the type
     * @param counts their numbers by their phase
     * @param left the time that they still take
     */
    public record TypeLine(String type, Map<String, Integer> counts, Optional<Left> left) {}

    /**
     * Jobs that wait or have failed for one reason.
     *
     * @param type their type
     * @param kind the kind of the reason
     * @param subject the reason
     * @param advice the action that a person can take
     * @param count the number of jobs
     * @param jobs the first of them
     * @param obstacles the first of the jobs that they wait for
     * @param obstacleTotal the number of those
     * @param shared what failed jobs share and the others do not
     * @param filter the filter that selects the jobs
     * @param last the time of the last failure
     */
    public record Cause(
            String type,
            String kind,
            String subject,
            String advice,
            int count,
            List<WireLink> jobs,
            List<WireLink> obstacles,
            int obstacleTotal,
            List<String> shared,
            String filter,
            Optional<Instant> last) {
        private static final int MOST_SHOWN = 2;

        /** Returns the reason, with the first of the jobs that they wait for, unless it names them. */
        public String text() {
            List<String> names = obstacles.stream()
                    .filter(job -> !subject.contains(job.shortId()))
                    .limit(MOST_SHOWN)
                    .map(job -> job.type() + "/" + job.shortId())
                    .toList();
            int more = obstacleTotal - names.size();
            return names.isEmpty()
                    ? subject
                    : subject + ": " + String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
        }
    }

    /**
     * A job that runs.
     *
     * @param job the name
     * @param shortId the first digits of the identifier
     * @param state the state
     * @param tags the tags
     * @param host the host
     * @param started the time of its start
     * @param progress the completed part, from 0 to 1
     * @param doing what it does
     */
    public record Active(
            String job,
            String shortId,
            String state,
            Map<String, Object> tags,
            Optional<String> host,
            Optional<Instant> started,
            OptionalDouble progress,
            Optional<String> doing) {
        /** Returns the job. */
        public WireLink link() {
            return new WireLink(job, shortId, state, tags);
        }
    }
}
