package org.experimaestro;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/**
 * A request for a place to run a job, and for its environment. It is resolved with the user's {@code launchers.yaml}
 * when a task is submitted. Immutable.
 * <pre>{@code
 * Launcher.find("duration=2 days & cuda(mem=16G) * 4").labels("fast").env("OMP_NUM_THREADS", "4")
 * }</pre>
 */
public final class Launcher {
    private static final Launcher LOCAL = new Launcher(null, null, null, Extras.NONE);

    private final @Nullable Requirement requirement;
    private final @Nullable String name;
    private final @Nullable String location;
    private final Extras extras;

    private Launcher(
            @Nullable Requirement requirement, @Nullable String name, @Nullable String location, Extras extras) {
        this.requirement = requirement;
        this.name = name;
        this.location = location;
        this.extras = extras;
    }

    private record Extras(
            SortedSet<String> labels,
            SortedMap<String, String> environment,
            SortedSet<String> passed,
            SortedMap<String, String> options,
            Optional<RetryPolicy> retries,
            Optional<Isolation> isolation,
            OptionalInt priority,
            SortedMap<Token, Integer> tokens) {
        static final Extras NONE = new Extras(
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>());

        Extras {
            labels = Collections.unmodifiableSortedSet(labels);
            environment = Collections.unmodifiableSortedMap(environment);
            passed = Collections.unmodifiableSortedSet(passed);
            options = Collections.unmodifiableSortedMap(options);
            tokens = Collections.unmodifiableSortedMap(tokens);
        }

        Extras with(SortedSet<String> otherLabels) {
            return new Extras(otherLabels, environment, passed, options, retries, isolation, priority, tokens);
        }

        Extras with(SortedMap<String, String> otherEnvironment, SortedSet<String> otherPassed) {
            return new Extras(labels, otherEnvironment, otherPassed, options, retries, isolation, priority, tokens);
        }
    }

    /**
     * Returns the request for this machine.
     *
     * @return the launcher that a submission without a launcher uses
     */
    public static Launcher local() {
        return LOCAL;
    }

    /**
     * Creates a request for a launcher that meets a requirement, for example {@code duration=2 days & cuda(mem=16G) *
     * 4}. If the user has no {@code launchers.yaml}, the launcher is this machine.
     *
     * @param requirement alternatives joined by {@code |}, the preferred alternative first; {@code
     *     docs/requirements.md} describes the language
     * @return the request
     * @throws LaunchException if the text is not a requirement; the message has all problems and the plan's line
     */
    public static Launcher find(String requirement) {
        return find(Requirement.parse(requirement));
    }

    /**
     * Creates a request for a launcher that meets a requirement. If the user has no {@code launchers.yaml}, the
     * launcher is this machine.
     *
     * @param requirement the job's requirement
     * @return the request
     */
    public static Launcher find(Requirement requirement) {
        return new Launcher(requirement, null, PlanLine.current(), Extras.NONE);
    }

    /**
     * Creates a request for a launcher of the user's {@code launchers.yaml}, regardless of its resources.
     *
     * @param name its name there
     * @return the request
     * @throws LaunchException if the name is empty
     */
    public static Launcher named(String name) {
        check(!name.isBlank(), "find a launcher", "its name is empty");
        return new Launcher(null, name, PlanLine.current(), Extras.NONE);
    }

    /**
     * Restricts the request to launchers that have these labels, in addition to labels given before.
     *
     * @param labels the names of labels in {@code launchers.yaml}
     * @return a new request
     * @throws LaunchException if a name is empty
     */
    public Launcher labels(String... labels) {
        SortedSet<String> all = new TreeSet<>(extras.labels);
        for (String label : labels) {
            check(!label.isBlank(), "choose a launcher by its labels", "one of them is empty");
            all.add(label);
        }
        return with(extras.with(all));
    }

    /**
     * Adds a variable to the job's environment, for example {@code env("OMP_NUM_THREADS", "4")}.
     *
     * @param name the variable's name: letters, digits and {@code _}, not starting with a digit; a value given before
     *     is replaced
     * @param value its value, possibly of several lines
     * @return a new request
     * @throws LaunchException if the name has another form, or the value has the character 0
     */
    public Launcher env(String name, String value) {
        check(EnvironmentVariable.problemOfName(name), EnvironmentVariable.NAME_ADVICE);
        check(EnvironmentVariable.problemOfValue(name, value), EnvironmentVariable.VALUE_ADVICE);
        SortedMap<String, String> environment = new TreeMap<>(extras.environment);
        environment.put(name, value);
        SortedSet<String> passed = new TreeSet<>(extras.passed);
        passed.remove(name);
        return with(extras.with(environment, passed));
    }

    /**
     * Passes a variable of the plan's environment to the job, such as a password. Its value is neither stored in the
     * workspace nor visible to other users.
     *
     * @param name the variable's name: letters, digits and {@code _}, not starting with a digit; a value given before
     *     is replaced
     * @return a new request; submitting a task with it is an error if the plan's process has no such variable
     * @throws LaunchException if the name has another form
     */
    public Launcher pass(String name) {
        check(EnvironmentVariable.problemOfName(name), EnvironmentVariable.NAME_ADVICE);
        SortedMap<String, String> environment = new TreeMap<>(extras.environment);
        environment.remove(name);
        SortedSet<String> passed = new TreeSet<>(extras.passed);
        passed.add(name);
        return with(extras.with(environment, passed));
    }

    /**
     * Sets a directive for this submission. It overrides the directive of {@code launchers.yaml} with the same name.
     *
     * @param name the option's name, as in {@code launchers.yaml}; a value given before is replaced
     * @param value its value
     * @return a new request
     * @throws LaunchException if the name is empty
     */
    public Launcher option(String name, String value) {
        check(!name.isBlank(), "set an option of a launcher", "its name is empty");
        SortedMap<String, String> options = new TreeMap<>(extras.options);
        options.put(name, value);
        return with(new Extras(
                extras.labels,
                extras.environment,
                extras.passed,
                options,
                extras.retries,
                extras.isolation,
                extras.priority,
                extras.tokens));
    }

    /**
     * Sets how often a run tries the job again, by the cause of its failure. It overrides {@link Retries} of the task's
     * type, and the retries of the experiment's file and of the launcher.
     *
     * @param policy the policy; {@link RetryPolicy#none} for no retries. A policy given before is replaced
     * @return a new request
     */
    public Launcher retries(RetryPolicy policy) {
        return with(new Extras(
                extras.labels,
                extras.environment,
                extras.passed,
                extras.options,
                Optional.of(policy),
                extras.isolation,
                extras.priority,
                extras.tokens));
    }

    /**
     * Sets whether the job has a process of its own, or shares warm workers with other jobs on this machine. It overrides
     * {@link Isolated} of the task's type, and the isolation of the experiment's file and of the launcher. It does not
     * count in the identifier.
     *
     * @param isolation the isolation; one given before is replaced
     * @return a new request
     */
    public Launcher isolation(Isolation isolation) {
        return with(new Extras(
                extras.labels,
                extras.environment,
                extras.passed,
                extras.options,
                extras.retries,
                Optional.of(isolation),
                extras.priority,
                extras.tokens));
    }

    /**
     * Sets how urgent the job is. It overrides the priorities of the experiment's file. Among jobs of its run that
     * wait for the same place, the one with the largest priority starts first. It also counts in the line for tokens, from
     * -10 to 10. A job is as urgent as the most urgent one that depends on it. Priorities count neither in identifiers nor
     * for batch systems.
     *
     * @param urgency any number; a job without a priority has 0. A priority given before is replaced
     * @return a new request
     */
    public Launcher priority(int urgency) {
        return with(new Extras(
                extras.labels,
                extras.environment,
                extras.passed,
                extras.options,
                extras.retries,
                extras.isolation,
                OptionalInt.of(urgency),
                extras.tokens));
    }

    /**
     * Has the job hold one of a token while it runs.
     *
     * @param token the token, from {@link Experiment#token}
     * @return a new request
     */
    public Launcher holding(Token token) {
        return holding(token, 1);
    }

    /**
     * Has the job hold some of a token while it runs. The job starts when it can have all of its tokens at once. They do
     * not count in its identifier.
     *
     * @param token the token, from {@link Experiment#token}
     * @param amount the amount, from 1; an amount of the token that was given before is replaced
     * @return a new request; submitting a task with it is an error if there are fewer in all
     * @throws LaunchException if the amount is not positive
     */
    public Launcher holding(Token token, int amount) {
        check(amount >= 1, "hold the token " + token, "its amount is " + amount + ", and not at least 1");
        SortedMap<Token, Integer> tokens = new TreeMap<>(extras.tokens);
        tokens.put(token, amount);
        return with(new Extras(
                extras.labels,
                extras.environment,
                extras.passed,
                extras.options,
                extras.retries,
                extras.isolation,
                extras.priority,
                tokens));
    }

    /**
     * Returns this request with another requirement, such as one with more memory. A request for a named launcher keeps
     * the name.
     *
     * @param needs the requirement
     * @return a new request
     */
    public Launcher requiring(Requirement needs) {
        return new Launcher(needs, name, location, extras);
    }

    /**
     * Returns the requirement.
     *
     * @return the requirement, empty for {@link #local} and {@link #named}
     */
    public Optional<Requirement> requirement() {
        return Optional.ofNullable(requirement);
    }

    /**
     * Returns the requested name.
     *
     * @return the launcher's name in {@code launchers.yaml}, empty for {@link #local} and {@link #find(String)}
     */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * Returns the labels that the launcher must have.
     *
     * @return their names, empty if any launcher is suitable
     */
    public SortedSet<String> labelNames() {
        return extras.labels;
    }

    /**
     * Returns the variables that are added to the environment that the job inherits. Variables that are {@link #pass
     * passed} are not included.
     *
     * @return the values by the variables' names
     */
    public SortedMap<String, String> environment() {
        return extras.environment;
    }

    /**
     * Returns the variables that are {@link #pass passed}: the job has the values that the plan's process has.
     *
     * @return their names; none of them is in {@link #environment}
     */
    public SortedSet<String> passed() {
        return extras.passed;
    }

    /**
     * Returns the directives for this submission.
     *
     * @return the values by the options' names
     */
    public SortedMap<String, String> options() {
        return extras.options;
    }

    /**
     * Returns the policy of {@link #retries(RetryPolicy)}.
     *
     * @return empty if the request says nothing about retries
     */
    public Optional<RetryPolicy> retryPolicy() {
        return extras.retries;
    }

    /**
     * Returns the isolation of {@link #isolation(Isolation)}.
     *
     * @return empty if the request says nothing about it
     */
    public Optional<Isolation> isolation() {
        return extras.isolation;
    }

    /**
     * Returns the tokens that the job {@link #holding holds}.
     *
     * @return the amounts by the tokens
     */
    public SortedMap<Token, Integer> tokens() {
        return extras.tokens;
    }

    /**
     * Returns the priority of {@link #priority(int)}.
     *
     * @return empty if the request says nothing about it
     */
    public OptionalInt priority() {
        return extras.priority;
    }

    /**
     * Returns the place in the plan that made the request.
     *
     * @return file and line, empty for {@link #local}
     */
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    /**
     * Returns a short description of the request.
     *
     * @return {@code local}, the name, or the requirement; then the labels, if there are any
     */
    @Override
    public String toString() {
        String request = name != null ? name : requirement != null ? requirement.toString() : "local";
        return extras.labels.isEmpty() ? request : request + " with the labels " + String.join(", ", extras.labels);
    }

    private Launcher with(Extras changed) {
        return new Launcher(requirement, name, location, changed);
    }

    private static void check(boolean isGood, String action, String problem) {
        if (!isGood) {
            throw LaunchException.of("Cannot " + action + ": " + problem)
                    .at(PlanLine.current())
                    .build();
        }
    }

    private static void check(Optional<String> problem, String advice) {
        problem.ifPresent(what -> {
            throw LaunchException.of("Cannot set an environment variable: " + what)
                    .at(PlanLine.current())
                    .advice(advice)
                    .build();
        });
    }
}
