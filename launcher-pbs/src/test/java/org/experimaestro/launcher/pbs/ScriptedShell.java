package org.experimaestro.launcher.pbs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.experimaestro.spi.Shell;

/** A shell that answers with recorded text, one answer a call, and keeps the scripts that it was given. */
final class ScriptedShell implements Shell {
    private final Deque<Output> answers = new ArrayDeque<>();
    private final List<String> scripts = new ArrayList<>();

    ScriptedShell answer(int exitCode, String out, String err) {
        answers.add(new Output(exitCode, out, err));
        return this;
    }

    List<String> scripts() {
        return scripts;
    }

    @Override
    public Output run(String script, Duration limit) {
        scripts.add(script);
        if (answers.isEmpty()) {
            throw new AssertionError("Nobody was to call:\n" + script);
        }
        return answers.remove();
    }
}
