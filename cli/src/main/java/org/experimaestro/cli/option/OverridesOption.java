package org.experimaestro.cli.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of commands that look at a plan: values in place of those of the experiment's file. */
public final class OverridesOption {
    @Option(
            names = {"-c", "--configuration"},
            paramLabel = "KEY=VALUE",
            description = "Sets a value in place of the file's, as in run-experiment.")
    private List<String> overrides = new ArrayList<>();

    /** Returns the values, each {@code key=value}, in the order of the command line. */
    public List<String> list() {
        return Collections.unmodifiableList(overrides);
    }
}
