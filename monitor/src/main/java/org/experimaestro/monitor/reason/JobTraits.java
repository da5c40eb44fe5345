package org.experimaestro.monitor.reason;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.reason.SharedTrait.Kind;
import org.experimaestro.monitor.reason.SharedTrait.Trait;
import org.experimaestro.monitor.view.JobView;
import org.jspecify.annotations.Nullable;

/** The reader of the traits of a job: its host, launcher, tags, parameters and inputs, of which its view reads each file once. */
public final class JobTraits {
    /** The deepest level of parameters that counts; deeper ones make too many candidates to find a cause. */
    private static final int DEEPEST = 6;

    private JobTraits() {}

    /**
     * Reads the traits of a job.
     *
     * @param job the job
     * @return its traits; those in files that cannot be read are left out
     */
    public static Set<Trait> of(JobView job) {
        Set<Trait> traits = new HashSet<>();
        addPlace(job, traits);
        job.tags().forEach((name, value) -> traits.add(new Trait(Kind.TAG, name, TagValue.show(value))));
        if (!job.submissions().isEmpty()) {
            job.submissions().getLast().dependencies().forEach(input -> traits.add(new Trait(Kind.INPUT, "", input)));
        }
        job.parameters().values().forEach((name, value) -> add(ParameterPath.ROOT.then(name), value, 1, traits));
        return traits;
    }

    private static void addPlace(JobView job, Set<Trait> traits) {
        try {
            job.host().ifPresent(host -> traits.add(new Trait(Kind.HOST, "", host)));
            job.launcher().ifPresent(launcher -> traits.add(new Trait(Kind.LAUNCHER, "", launcher)));
        } catch (WorkspaceException unreadable) {
            // The job's own view reports damaged files.
        }
    }

    private static void add(ParameterPath path, @Nullable Object value, int depth, Set<Trait> traits) {
        if (depth > DEEPEST || value == null) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, part) -> add(path.then(String.valueOf(name)), part, depth + 1, traits));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(path.at(i), list.get(i), depth + 1, traits);
            }
        } else {
            traits.add(new Trait(Kind.PARAMETER, path.toString(), String.valueOf(value)));
        }
    }
}
