package org.experimaestro.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.experimaestro.LaunchException;
import org.experimaestro.RetryPolicy;
import org.experimaestro.requirement.Quantities;

/**
 * An option about the jobs themselves, which every launcher has beside the options of its type. It may be set in the
 * launcher file, in the experiment's file, and by a plan.
 */
public enum JobOption {
    /** The name of jobs in the batch system. */
    JOB_NAME(
            "(?:[A-Za-z0-9_.-]|\\{(?:experiment|type|id)\\})*\\{type\\}(?:[A-Za-z0-9_.-]|\\{(?:experiment|type|id)\\})*",
            "a template such as {experiment}-{type}-{id}, with {type} in it",
            "the name of a job in the batch system, with its {experiment}, {type} and short {id}; an array has the"
                    + " number of its jobs as the id"),
    /** Commands before the job. */
    BEFORE(
            "[^\\x00]*\\S[^\\x00]*",
            "commands of the shell sh",
            "commands that run before a job, in its folder and its shell, as in module load cuda; if one fails, so does"
                    + " the job"),
    /** A command that runs the job. */
    WRAPPER(
            "[^\\x00\\n\\r]*\\S[^\\x00\\n\\r]*",
            "one line of the shell sh",
            "a command that runs the job's java command, as in apptainer exec image.sif"),
    /** Options of the job's JVM. */
    JVM(
            "[^\\x00\\n\\r]*\\S[^\\x00\\n\\r]*",
            "one line of options of java",
            "options of the job's JVM, as in -ea --add-modules=jdk.incubator.vector; they win over those of the"
                    + " requirement"),
    /** The time to clean up. */
    GRACE(
            "[^\\x00\\n\\r]*\\S[^\\x00\\n\\r]*",
            "a time from 1 s to 1 h, as in 2 min",
            "the time from 1 s to 1 h that a job has to clean up after a request to end, as in 2 min; 20 s if not set. A batch"
                    + " system may end it earlier"),
    /** The retries of failed jobs. */
    RETRIES(
            "[^\\x00\\n\\r]*\\S[^\\x00\\n\\r]*",
            "one line of retries",
            "how often failed jobs are tried again, by cause, as in memory_limit 3 x2, preempted 20; those of the plan, of"
                    + " a task's type and of the experiment win over these"),
    /** The isolation of jobs on this machine. */
    ISOLATION(
            "process|worker|auto",
            "process, worker or auto",
            "process for a process for each job, worker for warm workers that many short jobs of this machine share, auto for"
                    + " workers once jobs have shown that they are short; that of the plan, of a task's type and of the"
                    + " experiment win over this");

    private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);

    private final Pattern form;
    private final String description;
    private final String meaning;

    JobOption(String form, String description, String meaning) {
        this.form = Pattern.compile(form);
        this.description = description;
        this.meaning = meaning;
    }

    /**
     * Returns the name of the option.
     *
     * @return as in {@code options:} of the launcher file
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the value of the option.
     *
     * @param placement what a job is given
     * @return its value, empty if it is not set
     */
    public Optional<String> of(Placement placement) {
        Map<String, String> options = placement.options();
        return Optional.ofNullable(options.get(key()));
    }

    /**
     * Returns the options that a launcher of a type has: its own, then those of all launchers.
     *
     * @param type the type
     * @return in the order in which they are documented
     */
    public static List<LauncherOption> with(LauncherType type) {
        List<LauncherOption> options = new ArrayList<>(type.options());
        Arrays.stream(values())
                .map(option -> new LauncherOption(option.key(), option.meaning))
                .forEach(options::add);
        return options;
    }

    /**
     * Checks the values of these options.
     *
     * @param options values by name; others are left out
     * @return a sentence for each problem
     */
    public static List<String> check(Map<String, String> options) {
        return Arrays.stream(values())
                .flatMap(option -> Optional.ofNullable(options.get(option.key())).flatMap(option::findProblem).stream())
                .toList();
    }

    /**
     * Reads the time that a job has to clean up after a request to end.
     *
     * @param text a duration, such as {@code 2 min}
     * @return whole seconds
     * @throws IllegalArgumentException if the text is no duration from 1 s to 1 h
     */
    public static Duration graceTime(String text) {
        Duration time = Quantities.duration(text);
        if (time.compareTo(SHORTEST_GRACE) < 0 || time.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("a job has from 1 s to 1 h to clean up, not " + text);
        }
        return Duration.ofSeconds(time.toSeconds());
    }

    private Optional<String> findProblem(String value) {
        if (!form.matcher(value).matches()) {
            return Optional.of("The option " + key() + " is " + description + ", not \"" + value + "\"");
        }
        try {
            if (this == RETRIES) {
                RetryPolicy.parse(value, null);
            } else if (this == GRACE) {
                graceTime(value);
            }
            return Optional.empty();
        } catch (LaunchException | IllegalArgumentException wrong) {
            return Optional.of("The option " + key() + ": " + wrong.getMessage());
        }
    }
}
