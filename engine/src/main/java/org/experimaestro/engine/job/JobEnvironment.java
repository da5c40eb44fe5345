package org.experimaestro.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.model.root.RootPlaces;
import org.jspecify.annotations.Nullable;

/** The environment of a job's process. */
public final class JobEnvironment {
    private JobEnvironment() {}

    /**
     * Removes what the launcher of this process has told it. Where a plan runs inside a job, that is not for the jobs of the
     * plan: each would take itself for one of several equal processes, or for one that was started before.
     *
     * @param environment the environment that a process of this machine is about to get
     */
    public static void removeOuterJob(Map<String, String> environment) {
        JobVariables.RANKS.forEach(environment::remove);
        JobVariables.RANK_COMPANIONS.forEach(environment::remove);
        environment.remove(JobVariables.NO_RANKS);
        environment.remove(JobVariables.NEEDS);
        environment.remove(JobVariables.RESTARTS);
        environment.remove(JobVariables.ROOTS);
        environment.remove(JobVariables.CANCELLED_FILE);
    }

    /**
     * What a plan asks for, with the variables of its experiment: those of the submission take the place of equal ones.
     *
     * @param launcher what the submission asks for
     * @param experiment variables for all jobs of the experiment
     * @return the request that launchers are looked for with
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
     * The variables of a job with their values.
     *
     * @param variables those of a placement
     * @return the same; of those that are passed by their names, with the values that this process has
     */
    public static SortedMap<String, String> values(Map<String, String> variables) {
        SortedMap<String, String> values = new TreeMap<>(variables);
        values.replaceAll((name, value) -> EnvironmentVariable.isPassed(value) ? System.getenv(name) : value);
        return values;
    }

    /**
     * Looks whether this process has the variables that jobs are to have from it.
     *
     * @param variables those of jobs
     * @param location where they were asked for, as {@code file:line}, or {@code null}
     * @throws LaunchException if it lacks some: with the names of all
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
     * Tells a job's process where named roots are on its host.
     *
     * @param ofLauncher the variables that its launcher has set: the roots among them count more than those of the plan
     * @return {@link JobVariables#ROOTS}, or nothing if no root is defined
     */
    public static Map<String, String> roots(Map<String, String> ofLauncher) {
        SortedMap<String, String> roots = new TreeMap<>();
        RootPlaces.current().forEach((name, place) -> roots.put(name, place.toString()));
        RootsVariable.read(ofLauncher.get(JobVariables.ROOTS))
                .forEach((name, place) -> roots.put(name, place.toString()));
        return roots.isEmpty() ? Map.of() : Map.of(JobVariables.ROOTS, RootsVariable.write(roots));
    }

    /**
     * Tells a job's process which of its variables are no ranks although they have the names of ranks, since the user has
     * set them.
     *
     * @param variables what the user has set
     * @return {@link JobVariables#NO_RANKS}, or nothing if there are none
     */
    public static Map<String, String> noRanks(Map<String, String> variables) {
        List<String> names =
                JobVariables.RANKS.stream().filter(variables::containsKey).toList();
        return names.isEmpty() ? Map.of() : Map.of(JobVariables.NO_RANKS, String.join(" ", names));
    }

    /**
     * Whether a process gets another locale than this one.
     *
     * @param variables what is set for it
     * @return true if its charset may be another one
     */
    public static boolean hasLocale(Map<String, String> variables) {
        // POSIX.1-2017, Base Definitions, section 8.2.
        return variables.keySet().stream().anyMatch(name -> name.equals("LANG") || name.startsWith("LC_"));
    }
}
