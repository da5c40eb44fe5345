package org.experimaestro;

import java.util.List;
import java.util.Locale;
import org.experimaestro.base.text.NearName;
import org.jspecify.annotations.Nullable;

/**
 * The separation of a job from other jobs on this machine: a process of its own, or a turn in a warm worker, which is a
 * process that executes many short tasks, one after another. Elsewhere, each job has a process of its own. Files, logs
 * and the end of a job are the same in both.
 */
public enum Isolation {
    /** Each job has a process of its own. */
    PROCESS,
    /** Jobs share warm workers, unless they need something that only a process of their own has. */
    WORKER,
    /** Jobs of a type begin in processes, and go on in warm workers once they have shown that they are short. */
    AUTO;

    /**
     * Reads an isolation.
     *
     * @param text {@code process}, {@code worker} or {@code auto}
     * @return the isolation
     * @throws LaunchException if it is another text
     */
    public static Isolation parse(String text) {
        return parse(text, null);
    }

    /**
     * Reads an isolation from a file.
     *
     * @param text {@code process}, {@code worker} or {@code auto}
     * @param location the place of the text for messages, or {@code null}
     * @return the isolation
     * @throws LaunchException if it is another text
     */
    public static Isolation parse(String text, @Nullable String location) {
        for (Isolation isolation : values()) {
            if (isolation.toString().equals(text)) {
                return isolation;
            }
        }
        List<String> names = List.of(PROCESS.toString(), WORKER.toString(), AUTO.toString());
        throw LaunchException.of("Cannot read the isolation \"" + text + "\": expected process, worker or auto")
                .at(location)
                .advice(NearName.find(text, names)
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElse("docs/workers.md says what each of them means"))
                .build();
    }

    /**
     * Returns the isolation as it is written in files.
     *
     * @return the name in lower case
     */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
