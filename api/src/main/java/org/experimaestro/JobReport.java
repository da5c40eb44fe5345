package org.experimaestro;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.TagValue;

/** A job in a report: its outcome, tags and metrics. Immutable. */
public interface JobReport {

    /**
     * Returns the task's type id.
     *
     * @return for example {@code tutorial.learn}
     */
    String type();

    /**
     * Returns the job's identifier.
     *
     * @return the identifier
     */
    ConfigId id();

    /**
     * Returns the tags of a submission of the job by this run.
     *
     * @return sorted by name, unmodifiable
     */
    Map<String, Object> tags();

    /**
     * Returns the outcome of the job.
     *
     * @return {@link Outcome#FAILED} also if another job's failure prevented it, or if it continues where this run
     *     cannot see its end. {@link Outcome#NOT_RUN} if it is not done and this run runs nothing, or leaves it
     *     out. {@link Outcome#SUBMITTED} if it is not done and this run is detached.
     */
    Outcome outcome();

    /**
     * Returns the state for a table.
     *
     * @return {@code done}, {@code failed}, {@code cancelled}, {@code skipped} (because of another job), {@code left}
     *     (it continues without this run), {@code unreadable}, {@code not run}, {@code not started} (after too many
     *     failures), {@code left out} (as an option asks), {@code submitted} (by a detached run), or {@code done, outputs
     *     removed} (of a {@linkplain Experiment#submitTransient transient} task)
     */
    String state();

    /**
     * Returns the reason why the job is not done.
     *
     * @return one line, for example {@code threw an exception: java.io.IOException: No space left}; empty if the job
     *     is done
     */
    Optional<String> reason();

    /**
     * Returns the metrics of a job that is done.
     *
     * @return the last value of each metric, in the order of their first appearance; empty unless the job is done,
     *     unmodifiable
     */
    Map<String, Double> metrics();

    /**
     * Returns the metrics of the last attempt, whether the job is done or not. For a job that failed, these are the
     * metrics that the task recorded before the failure.
     *
     * @return the last value of each metric, in the order of their first appearance; unmodifiable
     * @throws WorkspaceException if they cannot be read
     */
    Map<String, Double> metricsSoFar();

    /**
     * Returns the last value of a metric.
     *
     * @param name the metric's name
     * @return its last value
     * @throws PlanException if the job is not done
     * @throws PlanException if the job has no metric of that name
     */
    default double metric(String name) {
        Double value = metrics().get(name);
        if (value != null) {
            return value;
        }
        String problem = "Cannot read the metric \"" + name + "\" of " + name() + ": ";
        if (outcome() != Outcome.DONE) {
            throw PlanException.of(problem + "its state is " + state()
                            + reason().map(why -> " (" + why + ")").orElse(""))
                    .at(PlanLine.current())
                    .advice("ask for its outcome() first")
                    .build();
        }
        String known = metrics().isEmpty()
                ? "it has none"
                : "its metrics are " + String.join(", ", metrics().keySet());
        throw PlanException.of(problem + known)
                .at(PlanLine.current())
                .advice(NearName.advice(name, metrics().keySet()).orElse(null))
                .build();
    }

    /**
     * Reads the values of a metric by unit, such as a topic or a fold, which a job that is done has recorded by {@link
     * TaskContext#metric(String, String, double)}.
     *
     * @param name the metric's name
     * @return the last value of each unit, in the order of their first appearance; empty unless the job is done, and if
     *     it recorded none; unmodifiable
     * @throws WorkspaceException if the values cannot be read
     */
    default Map<String, Double> unitMetrics(String name) {
        return Map.of();
    }

    /**
     * Returns the job's display name.
     *
     * @return the type id, the first digits of the identifier, and the tags
     */
    default String name() {
        StringBuilder text = new StringBuilder(type()).append('/').append(id().toString(), 0, 8);
        tags().forEach((tag, value) -> text.append(text.indexOf(" ") < 0 ? "  " : " ")
                .append(tag)
                .append('=')
                .append(TagValue.show(value)));
        return text.toString();
    }

    /**
     * Returns the job's folder.
     *
     * @return an absolute path
     * @throws PlanException if the run reports on a job whose outputs were removed
     */
    Path folder();
}
