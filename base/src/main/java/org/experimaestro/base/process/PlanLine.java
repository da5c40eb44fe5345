package org.experimaestro.base.process;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A finder of the line of user code that called Experimaestro. */
public final class PlanLine {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /**
     * The interface of builders, including generated ones. It is given by name, because this module is below all
     * others.
     */
    private static final String BUILDER = "org.experimaestro.ConfigBuilder";

    /**
     * The classes of the API that look for the line. They are listed, because user code may be in their package, as
     * tests are.
     */
    private static final Set<String> ENTRIES = Set.of(
            "org.experimaestro.Config",
            "org.experimaestro.ConfigProvider",
            "org.experimaestro.ContainerImage",
            "org.experimaestro.ImageSearch",
            "org.experimaestro.Tags",
            "org.experimaestro.Experiment",
            "org.experimaestro.JobReport",
            "org.experimaestro.ProgramTask",
            "org.experimaestro.ProgramTask$Builder",
            "org.experimaestro.Launcher",
            "org.experimaestro.Requirement",
            "org.experimaestro.RetryPolicy",
            "org.experimaestro.Roots",
            "org.experimaestro.Search",
            "org.experimaestro.Search$Provider",
            "org.experimaestro.Space",
            "org.experimaestro.Space$Values",
            "org.experimaestro.TableLayout");

    private static final String[] MODULES = {
        "java.",
        "jdk.",
        "org.experimaestro.base.",
        "org.experimaestro.generated.",
        "org.experimaestro.model.",
        "org.experimaestro.core.",
        "org.experimaestro.engine.",
        "org.experimaestro.search.",
        "org.experimaestro.table."
    };

    /** The command line calls user code, and is called by none that has the line at fault. */
    private static final String COMMANDS = "org.experimaestro.cli.";

    private PlanLine() {}

    /**
     * Returns the innermost frame that belongs neither to Experimaestro nor to generated code.
     *
     * @return {@code File.java:12}, or {@code null} if there is none
     */
    public static @Nullable String current() {
        return WALKER.walk(
                frames -> frames.takeWhile(frame -> !frame.getClassName().startsWith(COMMANDS))
                        .filter(frame -> isUserCode(frame.getDeclaringClass()))
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .orElse(null));
    }

    private static boolean isUserCode(Class<?> type) {
        if (ENTRIES.contains(type.getName())) {
            return false;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.getName().equals(BUILDER)) {
                return false;
            }
        }
        String name = type.getName();
        for (String module : MODULES) {
            if (name.startsWith(module)) {
                return false;
            }
        }
        return true;
    }
}
