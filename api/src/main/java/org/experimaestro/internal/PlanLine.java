package org.experimaestro.internal;

import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.Experiment;
import org.experimaestro.JobReport;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.Tags;
import org.jspecify.annotations.Nullable;

/** The line of the user's code that called us. */
public final class PlanLine {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private PlanLine() {}

    /**
     * The innermost frame that is neither ours nor generated.
     *
     * @return {@code File.java:12}, or {@code null} when there is none
     */
    public static @Nullable String current() {
        return WALKER.walk(frames -> frames.filter(frame -> isUserCode(frame.getDeclaringClass()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse(null));
    }

    private static boolean isUserCode(Class<?> type) {
        if (ConfigBuilder.class.isAssignableFrom(type)
                || type == Config.class
                || type == Tags.class
                || type == Experiment.class
                || type == JobReport.class
                || type == Launcher.class
                || type == Requirement.class) {
            return false;
        }
        String room = type.getPackageName();
        return !(room.startsWith("java.")
                || room.startsWith("jdk.")
                || room.startsWith("org.experimaestro.internal")
                || room.startsWith("org.experimaestro.core")
                || room.startsWith("org.experimaestro.engine"));
    }
}
