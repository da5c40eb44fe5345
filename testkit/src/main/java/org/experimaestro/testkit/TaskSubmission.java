package org.experimaestro.testkit;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.Tags;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.engine.SubmittedTask;

/**
 * A task that a plan submitted, as data. A task that is submitted several times in a run has one object, for its
 * first submission. Immutable.
 */
public final class TaskSubmission {
    private final SubmittedTask task;
    private final Launcher launcher;
    private final List<TaskSubmission> dependencies;

    TaskSubmission(SubmittedTask task, Launcher launcher, List<TaskSubmission> dependencies) {
        this.task = task;
        this.launcher = launcher;
        this.dependencies = List.copyOf(dependencies);
    }

    /**
     * Returns the handle of the task, as the plan built it.
     *
     * @return the handle; its {@link Config#get} returns the parameters, its {@link Config#value} the plain task
     */
    public Config<?> config() {
        return task.task();
    }

    /**
     * Returns the task's type id.
     *
     * @return such as {@code tutorial.learn}
     */
    public String type() {
        return task.typeId();
    }

    /**
     * Returns the task's identifier.
     *
     * @return 128 bits, shown as hexadecimal digits
     */
    public ConfigId id() {
        return task.id();
    }

    /**
     * Returns the tags that the task collects.
     *
     * @return sorted by name, unmodifiable; the values are booleans, numbers and texts
     */
    public SortedMap<String, Object> tags() {
        return Tags.tags(task.task());
    }

    /**
     * Returns the submissions whose jobs this one waits for.
     *
     * @return in the order in which they are found in the parameters; jobs of earlier runs are not among them
     */
    public List<TaskSubmission> dependencies() {
        return dependencies;
    }

    /**
     * Returns the init tasks of the task.
     *
     * @return their handles, in the order in which they run; unmodifiable
     */
    public List<Config<?>> initTasks() {
        return List.copyOf(task.task().inits());
    }

    /**
     * Returns the plan's request for a launcher.
     *
     * @return the launcher that was given to {@code submit}, with its tags, variables and options; {@link
     *     Launcher#local} if none was given, or the job was done already
     */
    public Launcher launcher() {
        return launcher;
    }

    /**
     * Returns the plan's requirement on the machine.
     *
     * @return empty if the plan requests a launcher by its name, or makes no request
     */
    public Optional<Requirement> requirement() {
        return launcher.requirement();
    }

    /** Returns the type id and the tags, for display: {@code tutorial.learn layers=3}. */
    String name() {
        StringBuilder name = new StringBuilder(type());
        tags().forEach((tag, value) -> name.append(' ').append(tag).append('=').append(TagValue.show(value)));
        return VisibleText.of(name.toString());
    }

    /** Returns the type id, the identifier and the tags. */
    @Override
    public String toString() {
        return type() + "/" + id() + name().substring(type().length());
    }
}
