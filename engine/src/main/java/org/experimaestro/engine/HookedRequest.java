package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.LaunchException;
import org.experimaestro.LaunchHook;
import org.experimaestro.Launcher;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.serial.StoredTask;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.ValueTree;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The request of a submission after the hooks of its configurations.
 *
 * @param request the request for which launchers are searched
 * @param changes a line for each hook that has changed something, such as {@code lab.cuda-backend: the variable
 *     CUDA_HOME}; without values, which may be secrets
 */
public record HookedRequest(Launcher request, List<String> changes) {

    /** Copies the list. */
    public HookedRequest {
        changes = List.copyOf(changes);
    }

    /**
     * Asks the hooks of a task.
     *
     * @param task the task
     * @param folder its job's folder
     * @param found the job's state; the hooks of a job that is done are not asked
     * @param given the request of the plan
     * @throws LaunchException if a hook throws, returns {@code null}, or changes what another one has changed, or two
     *     of one identifier differ
     */
    static HookedRequest of(ConfigNode<?> task, JobFolder folder, JobStatus found, Launcher given) {
        if (found instanceof JobStatus.Done) {
            return new HookedRequest(given, List.of());
        }
        List<ConfigNode<?>> hooks = StoredTask.partsOf(task).stream()
                .filter(part ->
                        LaunchHook.class.isAssignableFrom(part.descriptor().javaClass()))
                .toList();
        if (hooks.isEmpty()) {
            return new HookedRequest(given, List.of());
        }
        requireEqualTwins(task);
        ValueTree values = new ValueTree(task, folder.path());
        Map<String, ConfigNode<?>> changers = new HashMap<>();
        List<String> changes = new ArrayList<>();
        Launcher request = given;
        for (ConfigNode<?> hook : hooks) {
            Launcher changed = ask(task, hook, values, request);
            List<String> parts = difference(request, changed);
            for (String part : parts) {
                ConfigNode<?> other = changers.putIfAbsent(part, hook);
                if (other != null) {
                    throw problem(
                            task,
                            "the hooks " + other.descriptor() + " and " + hook.descriptor() + " both change " + part,
                            "let one of them look at what the request has already, or use one of them");
                }
            }
            if (!parts.isEmpty()) {
                changes.add(hook.descriptor() + ": " + String.join(", ", parts));
            }
            request = changed;
        }
        return new HookedRequest(request, changes);
    }

    /** Refuses hooks of one identifier that differ, in what does not count: only one of them would be asked. */
    private static void requireEqualTwins(ConfigNode<?> task) {
        Map<ConfigId, ConfigNode<?>> hooks = new HashMap<>();
        for (ConfigNode<?> part : StoredTask.allPartsOf(task)) {
            if (LaunchHook.class.isAssignableFrom(part.descriptor().javaClass())) {
                ConfigNode<?> twin = hooks.putIfAbsent(part.id(), part);
                if (twin != null && !areEqual(twin, part)) {
                    throw problem(
                            task,
                            "two hooks " + part.descriptor() + " have one identifier, " + part.id()
                                    + ", and differ in parameters that do not count",
                            "give both the same values, or use one of them");
                }
            }
        }
    }

    private static boolean areEqual(ConfigNode<?> one, ConfigNode<?> other) {
        for (int i = 0; i < one.descriptor().size(); i++) {
            ValueType type = one.descriptor().parameter(i).type();
            Object first = one.argument(i);
            Object second = other.argument(i);
            boolean isEqual = first == null || second == null
                    ? first == null && second == null
                    : Arrays.equals(Encoder.encode(type, first), Encoder.encode(type, second));
            if (!isEqual) {
                return false;
            }
        }
        return true;
    }

    private static Launcher ask(ConfigNode<?> task, ConfigNode<?> hook, ValueTree values, Launcher request) {
        Launcher changed;
        try {
            changed = ((LaunchHook) values.value((Config<?>) hook)).change(request);
        } catch (RuntimeException thrown) {
            throw LaunchException.of(text(task, "the hook " + hook.descriptor() + " failed: " + thrown))
                    .at(PlanLine.current())
                    .cause(thrown)
                    .build();
        }
        if (changed == null) {
            throw problem(
                    task, "the hook " + hook.descriptor() + " returned null", "return the request if nothing changes");
        }
        return changed;
    }

    /** Returns the parts of a request that differ in another one. */
    private static List<String> difference(Launcher before, Launcher after) {
        Map<String, Object> former = parts(before);
        Map<String, Object> later = parts(after);
        Set<String> names = new TreeSet<>(former.keySet());
        names.addAll(later.keySet());
        names.removeIf(name -> Objects.equals(former.get(name), later.get(name)));
        return List.copyOf(names);
    }

    private static Map<String, Object> parts(Launcher launcher) {
        Map<String, Object> parts = new TreeMap<>();
        launcher.name().ifPresent(name -> parts.put("the name of the launcher", name));
        launcher.requirement().ifPresent(requirement -> parts.put("the requirement", requirement));
        launcher.retryPolicy().ifPresent(policy -> parts.put("the retries", policy));
        launcher.isolation().ifPresent(isolation -> parts.put("the isolation", isolation));
        launcher.priority().ifPresent(priority -> parts.put("the priority", priority));
        launcher.labelNames().forEach(label -> parts.put("the label " + label, true));
        launcher.environment().forEach((name, value) -> parts.put("the variable " + name, value));
        launcher.passed().forEach(name -> parts.put("the variable " + name, true));
        launcher.options().forEach((name, value) -> parts.put("the option " + name, value));
        launcher.tokens().forEach((token, amount) -> parts.put("the token " + token, amount));
        return parts;
    }

    private static LaunchException problem(ConfigNode<?> task, String problem, @Nullable String advice) {
        return LaunchException.of(text(task, problem))
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }

    private static String text(ConfigNode<?> task, String problem) {
        return "Cannot submit " + task.descriptor() + ": " + problem;
    }
}
