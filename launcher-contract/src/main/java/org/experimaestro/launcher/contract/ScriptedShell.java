package org.experimaestro.launcher.contract;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.experimaestro.spi.Shell;

/**
 * A shell that runs nothing: it returns recorded outputs, one for each script, and keeps the scripts. With it, a batch
 * system is tested against the outputs of a manual, or of a site that nobody can log in to. Confined to one thread.
 */
public final class ScriptedShell implements Shell {
    private final Deque<Output> answers = new ArrayDeque<>();
    private final List<String> scripts = new ArrayList<>();

    /** Creates a shell without answers. */
    public ScriptedShell() {}

    /**
     * Adds the answer to one more script.
     *
     * @param exitCode the exit code
     * @param out the standard output
     * @param err the standard error
     * @return this
     */
    public ScriptedShell answer(int exitCode, String out, String err) {
        answers.add(new Output(exitCode, out, err));
        return this;
    }

    /**
     * Returns the scripts that were to be run.
     *
     * @return in their order, unmodifiable
     */
    public List<String> scripts() {
        return Collections.unmodifiableList(scripts);
    }

    /**
     * Returns the next answer.
     *
     * @throws AssertionError if no answer is left
     */
    @Override
    public Output run(String script, Duration limit) {
        scripts.add(script);
        if (answers.isEmpty()) {
            throw new AssertionError("No answer was recorded for the script:\n" + script);
        }
        return answers.remove();
    }
}
