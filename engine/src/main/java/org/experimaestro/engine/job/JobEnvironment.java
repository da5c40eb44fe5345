package org.experimaestro.engine.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.base.process.OuterJob;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.model.root.RootPlaces;
import org.jspecify.annotations.Nullable;

/** The environment of a job's process. */
public final class JobEnvironment {
    private JobEnvironment() {}

    /**
     * Removes the variables that a launcher has set for this process. A plan may run inside a job, but the plan's jobs
     * must not inherit these variables: each would take itself for one of several equal processes, or for a restarted
     * one.
     *
     * @param environment the environment that a process of this machine will get
     */
    public static void removeOuterJob(Map<String, String> environment) {
        OuterJob.removeFrom(environment);
    }

    /**
     * Returns the request of a submission, with the variables of the experiment. A variable of the submission replaces
     * an equal one of the experiment.
     *
     * @param launcher the request of the submission
     * @param experiment variables for all jobs of the experiment
     * @return the request for which launchers are searched
     */
    public static Launcher request(Launcher launcher, Map<String, String> experiment) {
        Launcher request = launcher;
        for (Map.Entry<String, String> variable : experiment.entrySet()) {
            String name = variable.getKey();
            if (!launcher.environment().containsKey(name) && !launcher.passed().contains(name)) {
                request = EnvironmentVariable.isPassed(variable.getValue())
                        ? request.pass(name)
                        : request.env(name, variable.getValue());
            }
        }
        return request;
    }

    /**
     * Returns the request of a plan with the launcher options of its experiment. An option of the submission replaces
     * an equal one.
     *
     * @param launcher the request of the submission
     * @param experiment options for all jobs of the experiment
     * @return the request that launchers are looked for with
     */
    public static Launcher withOptions(Launcher launcher, Map<String, String> experiment) {
        Launcher request = launcher;
        for (Map.Entry<String, String> option : experiment.entrySet()) {
            if (!launcher.options().containsKey(option.getKey())) {
                request = request.option(option.getKey(), option.getValue());
            }
        }
        return request;
    }

    /**
     * Returns the variables of a job with their values.
     *
     * @param variables the variables of a placement
     * @return the same variables; those that are passed by their names have the values of this process
     */
    public static SortedMap<String, String> values(Map<String, String> variables) {
        SortedMap<String, String> values = new TreeMap<>(variables);
        values.replaceAll((name, value) -> EnvironmentVariable.isPassed(value) ? System.getenv(name) : value);
        return values;
    }

    /**
     * Checks that this process has the variables that it passes to jobs.
     *
     * @param variables the variables of jobs
     * @param location the place that asks for them, as {@code file:line}, or {@code null}
     * @throws LaunchException if some are not set; the message names all of them
     */
    public static void requirePassed(Map<String, String> variables, @Nullable String location) {
        List<String> missing = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (EnvironmentVariable.isPassed(value) && System.getenv(name) == null) {
                missing.add(name);
            }
        });
        if (!missing.isEmpty()) {
            throw LaunchException.of(
                            "Cannot pass variables to jobs that are not set here: " + String.join(", ", missing))
                    .at(location)
                    .advice("set them where the plan is started, as in export " + missing.getFirst()
                            + "=…, or take them out of \"pass\"")
                    .build();
        }
    }

    /**
     * Returns the variable with the places of named roots on the host of a job's process.
     *
     * @param ofLauncher the variables that the job's launcher has set; its roots replace equal ones of the plan
     * @return {@link JobVariables#ROOTS} with its value; empty if no root is defined
     */
    public static Map<String, String> roots(Map<String, String> ofLauncher) {
        return roots(RootPlaces.current(), ofLauncher);
    }

    /**
     * Returns the variable with the places of named roots on the host of a process.
     *
     * @param places the places on this machine by the names of the roots
     * @param ofLauncher variables that were set before; their roots replace equal ones of the places
     * @return {@link JobVariables#ROOTS} with its value; empty if no root is defined
     */
    public static Map<String, String> roots(Map<String, Path> places, Map<String, String> ofLauncher) {
        SortedMap<String, String> roots = new TreeMap<>();
        places.forEach((name, place) -> roots.put(name, place.toString()));
        RootsVariable.read(ofLauncher.get(JobVariables.ROOTS))
                .forEach((name, place) -> roots.put(name, place.toString()));
        return roots.isEmpty() ? Map.of() : Map.of(JobVariables.ROOTS, RootsVariable.write(roots));
    }

    /**
     * Returns the variable that names the variables which look like ranks to a job's process, but are not: the user has
     * set them.
     *
     * @param variables the variables that the user has set
     * @return {@link JobVariables#NO_RANKS} with its value; empty if there are none
     */
    public static Map<String, String> noRanks(Map<String, String> variables) {
        List<String> names =
                JobVariables.RANKS.stream().filter(variables::containsKey).toList();
        return names.isEmpty() ? Map.of() : Map.of(JobVariables.NO_RANKS, String.join(" ", names));
    }

    /**
     * Returns whether a process may get another locale than this one.
     *
     * @param variables the variables that are set for the process
     * @return true if its character set may be another one
     */
    public static boolean hasLocale(Map<String, String> variables) {
        // POSIX.1-2017, Base Definitions, section 8.2.
        return variables.keySet().stream().anyMatch(name -> name.equals("LANG") || name.startsWith("LC_"));
    }
}
